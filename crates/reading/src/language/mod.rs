//! Which language a text is in, or that it cannot be told.
//!
//! The script decides where it can ([`script`]). Latin letters are weighed by the letter triples and common words of
//! some forty languages ([`profile`]), most of which the engine cannot read: they are there so that it knows what it
//! does not know.

mod pidgin;
mod profile;
mod script;

use crate::text::Tokens;
use crate::{Language, LanguageCode, Probability};
use pidgin::Pidgin;
use profile::Profiles;
use script::Guess;

/// Languages whose sentiment is read; in any other the label is [`SentimentLabel::Unknown`].
pub(crate) const SUPPORTED: [&str; 8] = ["en", "es", "pt", "fr", "de", "it", "hi", "ar"];

/// Tells languages apart.
#[derive(Debug)]
pub(crate) struct Detector {
    profiles: Profiles,
    pidgin: Pidgin,
}

/// How far ahead the best must be to be named: of the next, or if the engine reads it, of the next that it does not read. Between
/// two that it reads a guess costs less than silence.
const MARGIN: f32 = 1.5;
/// What the platform's word for it is worth beside the text's own evidence.
const HINT: f32 = 4.0;
/// How fast a lead becomes certainty.
const CERTAINTY: f32 = 4.0;
/// A lead that scripts give.
const BY_SCRIPT: f32 = 0.98;
/// What Pidgin's little words give.
const BY_LITTLE_WORDS: f32 = 0.9;
/// A text with fewer letters than this is in whatever language the platform says.
const FEW_LETTERS: usize = 12;

impl Detector {
    pub(crate) fn new() -> Self {
        Self { profiles: Profiles::new(), pidgin: Pidgin::new() }
    }

    /// The language of the tokens; `hint` is what the platform says (BCP 47).
    pub(crate) fn detect(&self, text: &str, tokens: &Tokens, hint: Option<&str>) -> Language {
        let hint = hint.and_then(|tag| tag.split(['-', '_']).next()).map(str::to_ascii_lowercase);
        let hint = hint.as_deref();
        match script::guess(text, tokens) {
            Guess::Language(code) => named(code, BY_SCRIPT),
            Guess::Latin { letters } => {
                let leaders = self.profiles.weigh(tokens, hint, HINT);
                if leaders.code == "en" && self.pidgin.is(tokens) {
                    return named(pidgin::CODE, BY_LITTLE_WORDS);
                }
                if leaders.clear >= MARGIN && leaders.evidence > 0.0 {
                    return named(leaders.code, 1.0 - 0.5 * (-leaders.lead / CERTAINTY).exp());
                }
                match hint.and_then(|hint| self.profiles.code(hint)) {
                    Some(code) if letters < FEW_LETTERS || leaders.code == code => named(code, 0.5),
                    _ => unknown(),
                }
            }
            Guess::Nothing => {
                hint.and_then(|hint| self.profiles.code(hint)).map_or_else(unknown, |code| named(code, 0.5))
            }
            Guess::Other => unknown(),
        }
    }
}

fn named(code: &'static str, confidence: f32) -> Language {
    Language { code: LanguageCode::new(code), confidence: Probability::new(confidence) }
}

fn unknown() -> Language {
    Language { code: LanguageCode::UNKNOWN, confidence: Probability::ZERO }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str, hint: Option<&str>) -> String {
        let mut tokens = Tokens::default();
        tokens.read(text);
        Detector::new().detect(text, &tokens, hint).code.as_str().to_owned()
    }

    #[test]
    fn supported_languages_are_named() {
        for (text, expected) in [
            ("Where is my order? It has been three weeks.", "en"),
            ("wtf is going on w my acct smh", "en"),
            ("yall need to fix ur app asap lmao", "en"),
            ("gonna cancel my sub tbh", "en"),
            ("Don from support said three weeks, and now there is no reply", "en"),
            ("Great, third outage this week. Love it.", "en"),
            ("no me funciona la app desde ayer", "es"),
            ("seit drei wochen warte ich auf mein paket", "de"),
            ("je n'arrive pas à me connecter à mon compte", "fr"),
            ("estou esperando meu pedido há três semanas", "pt"),
            ("internet non funziona di nuovo, che schifo", "it"),
            ("mera saamaan kahan hai, teen hafte ho gaye", "hi"),
            ("मेरा सामान कहाँ है, तीन हफ्ते हो गए", "hi"),
            ("أين طلبي؟ مرت ثلاثة أسابيع", "ar"),
        ] {
            assert_eq!(code(text, None), expected, "{text}");
        }
    }

    #[test]
    fn few_words_are_enough_where_no_language_that_is_not_read_is_near() {
        for (text, expected) in [
            ("verdammte Scheiße!!!", "de"),
            ("Wahre Worte", "de"),
            ("que orgulho", "pt"),
            ("perdeu de novo, né", "pt"),
            ("Tack så mycket", "sv"),
            ("Bedankt voor niets", "nl"),
            ("Dziękuję bardzo", "pl"),
        ] {
            assert_eq!(code(text, None), expected, "{text}");
        }
    }

    #[test]
    fn languages_that_are_not_read_are_not_taken_for_ones_that_are() {
        let read = ["en", "es", "pt", "fr", "de", "it", "hi", "ar"];
        for text in [
            "Mijn koffer is al drie dagen kwijt en niemand belt terug",
            "Jeg har ventet i tre uker på pakken min",
            "Var är mitt paket? Jag har väntat i tre veckor",
            "Gdzie jest moja paczka? Czekam już trzy tygodnie",
            "Siparişim nerede? Üç haftadır bekliyorum",
            "Paket saya belum sampai juga sudah tiga minggu",
            "Kde je moje zásilka, čekám už tři týdny",
            "Hol van a csomagom? Három hete várok",
            "Đơn hàng của tôi đâu rồi, đã ba tuần",
            "Unde este comanda mea? Astept de trei saptamani",
            "Missä minun pakettini on? Olen odottanut kaksi viikkoa",
            "Nasaan na ang order ko? Tatlong linggo na",
            "Abeg where my order dey? I don wait three weeks",
            "Dis bank dey craze, una no fit give me my money",
            "Где мой заказ? Прошло три недели",
            "Де моє замовлення? Минуло три тижні",
            "Πού είναι η παραγγελία μου;",
            "איפה ההזמנה שלי?",
            "私の注文はどこですか",
            "我的订单在哪里？已经三个星期了",
            "내 주문은 어디에 있나요?",
            "คำสั่งซื้อของฉันอยู่ที่ไหน",
            "سفارش من کجاست؟ سه هفته گذشته است",
            "میرا آرڈر کہاں ہے؟ تین ہفتے ہو گئے ہیں",
            "माझी ऑर्डर कुठे आहे? तीन आठवडे झाले आणि उत्तर नाही",
        ] {
            let code = code(text, None);
            assert!(!read.contains(&code.as_str()), "{code}: {text}");
        }
    }

    #[test]
    fn too_little_text_is_unknown_unless_the_platform_knows() {
        for text in ["ok", "😡😡😡", "", "12 345", "@northwindair"] {
            assert_eq!(code(text, None), "und", "{text}");
            assert_eq!(code(text, Some("de-AT")), "de", "{text}");
        }
    }

    #[test]
    fn the_text_overrules_the_platform() {
        assert_eq!(code("Where is my order? It has been three weeks.", Some("de")), "en");
    }
}
