//! The store packages.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::process::step;
use crate::{build, setup};

/// What a package should stay under, in bytes, so that an install is a matter of a second on a slow line. The stores take
/// far more, so a package over it is made all the same, and said to be too large.
const LARGEST: u64 = 1_500_000;

/// Above 9 the level says how often Zopfli tries again to say the same in fewer bits: 5 times, which takes some seconds
/// and saves a twentieth; more tries find next to nothing.
const ZOPFLI: i64 = 9 + 5;

/// Makes `dist/earshot-chromium.zip` and `dist/earshot-firefox.zip`: the same bytes from the same sources.
pub(crate) fn run() -> Result<()> {
    let tools = setup::everything()?;
    for (browser, flavour) in
        [("chromium", build::Flavour::chromium(false)), ("firefox", build::Flavour::firefox())]
    {
        let folder = PathBuf::from(format!("dist/package-{browser}"));
        build::extension_into(&tools, flavour, &folder)?;
        let package = PathBuf::from(format!("dist/earshot-{browser}.zip"));
        let size = step(&format!("{}", package.display()), || pack(&folder, &package))?;
        println!("   {size} bytes");
        if size > LARGEST {
            println!("   TOO LARGE: {} should stay under {LARGEST} bytes", package.display());
        }
    }
    Ok(())
}

/// Packs a folder; returns the package's size in bytes.
pub(crate) fn pack(folder: &Path, package: &Path) -> Result<u64> {
    let mut writer = ZipWriter::new(File::create(package)?);
    let mut files = Vec::new();
    list(folder, &mut files)?;
    // In order and without times, so that the same sources give the same bytes.
    files.sort();
    for file in files {
        let name = file.strip_prefix(folder)?.to_str().context("a file name that is not text")?.to_owned();
        add(&mut writer, &name, &file)?;
    }
    writer.finish()?;
    Ok(fs::metadata(package)?.len())
}

fn add(writer: &mut ZipWriter<impl Write + Seek>, name: &str, file: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(ZOPFLI))
        .last_modified_time(DateTime::default());
    writer.start_file(name, options)?;
    io::copy(&mut File::open(file)?, writer)?;
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_the_same_bytes_from_the_same_files_and_small() {
        let folder = std::env::temp_dir().join(format!("earshot-package-{}", std::process::id()));
        fs::create_dir_all(folder.join("in/icons")).unwrap();
        fs::write(folder.join("in/panel.js"), "let a = 'the same again and again';\n".repeat(400)).unwrap();
        fs::write(folder.join("in/icons/16.png"), [7_u8; 64]).unwrap();
        let [one, other] = ["one.zip", "other.zip"].map(|name| folder.join(name));
        let sizes = [&one, &other].map(|zip| pack(&folder.join("in"), zip).unwrap());
        let bytes = [&one, &other].map(|zip| fs::read(zip).unwrap());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(bytes[0], bytes[1]);
        assert!(sizes[0] == bytes[0].len() as u64 && sizes[0] < 600, "{} bytes", sizes[0]);
    }
}
