/** As much of JSON Schema as the contract uses; a keyword that it does not know fails, so that none is passed over. */

export type Schema = Record<string, unknown>;

const HARMLESS = new Set(["description"]);

/** What does not fit, each with its place; nothing where all does. Fields that a schema does not name do not fit. */
export function misfits(value: unknown, schema: Schema, schemas: Record<string, Schema>, at = ""): string[] {
  const found: string[] = [];
  const wrong = (why: string): void => void found.push(`${at || "/"}: ${why}`);
  for (const [keyword, rule] of Object.entries(schema)) {
    switch (keyword) {
      case "$ref": {
        const name = String(rule).replace("#/components/schemas/", "");
        const target = schemas[name];
        if (target === undefined) wrong(`no schema ${name}`);
        else found.push(...misfits(value, target, schemas, at));
        break;
      }
      case "type":
        if (![rule].flat().some((type) => is(value, String(type)))) wrong(`${JSON.stringify(value)} is no ${String(rule)}`);
        break;
      case "const":
        if (value !== rule) wrong(`${JSON.stringify(value)} is not ${JSON.stringify(rule)}`);
        break;
      case "enum":
        if (!(rule as unknown[]).includes(value)) wrong(`${JSON.stringify(value)} is none of ${JSON.stringify(rule)}`);
        break;
      case "pattern":
        if (!new RegExp(String(rule)).test(String(value))) wrong(`${JSON.stringify(value)} is not like ${String(rule)}`);
        break;
      case "minLength":
        if (String(value).length < Number(rule)) wrong("too short");
        break;
      case "minimum":
        if (Number(value) < Number(rule)) wrong(`${String(value)} is less than ${String(rule)}`);
        break;
      case "maximum":
        if (Number(value) > Number(rule)) wrong(`${String(value)} is more than ${String(rule)}`);
        break;
      case "items":
        (Array.isArray(value) ? value : []).forEach((item, index) => found.push(...misfits(item, rule as Schema, schemas, `${at}/${index}`)));
        break;
      case "required":
        for (const name of rule as string[]) if (!Object.hasOwn(Object(value), name)) wrong(`no ${name}`);
        break;
      case "properties":
        for (const [name, inner] of Object.entries(Object(value) as object)) {
          const known = (rule as Record<string, Schema>)[name];
          if (known === undefined) wrong(`nothing is said of ${name}`);
          else found.push(...misfits(inner, known, schemas, `${at}/${name}`));
        }
        break;
      case "oneOf": {
        const tries = (rule as Schema[]).map((one) => misfits(value, one, schemas, at));
        if (tries.filter((misfit) => misfit.length === 0).length !== 1) wrong(`fits not exactly one:\n${tries.map((one) => one.join("; ")).join("\n")}`);
        break;
      }
      default:
        if (!HARMLESS.has(keyword)) wrong(`what is ${keyword}?`);
    }
  }
  return found;
}

function is(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
