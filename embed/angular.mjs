// Writes `find-a-time/angular` from the custom elements manifest: a directive from which Angular's compiler knows the tag, its
// attributes and its properties. The directive does nothing but set each bound value as a property of the element.
// Usage, in the package's folder: node angular.mjs MANIFEST
//
// Angular passes an attribute without a value, such as `doctor`, as an empty string, so the setter of a boolean takes "" for true. The
// output is a partially compiled library, which the linker of the app's Angular completes. In it, `version` is the oldest compiler that
// writes this form, and `minVersion` the oldest Angular that reads it.
import { readFileSync, writeFileSync } from "node:fs";

const { modules: [{ declarations: [{ attributes }] }] } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const own = attributes.filter(({ name }) => name !== "lang").map(({ name, fieldName, type }) => ({ alias: name, field: fieldName, type: `FindATimeAttributes["${name}"]`, isFlag: type.text === "boolean" }));
const given = ["getToken", "strings", "questions", "cardToken"].map((field) => ({ alias: field, field, type: `FindATimeElement["${field}"] | undefined` }));
const inputs = [...own, ...given];

writeFileSync("angular.js", `import * as i0 from "@angular/core";
import "./find-a-time.js";

/** The directive that makes Angular accept <find-a-time> in templates. */
export class FindATime {
  #element = i0.inject(i0.ElementRef).nativeElement;
${inputs.map(({ field, isFlag }) => `  set ${field}(value) { this.#element.${field} = ${isFlag ? 'value === "" || !!value' : "value"}; }`).join("\n")}
  static ɵfac = i0.ɵɵngDeclareFactory({ minVersion: "12.0.0", version: "17.0.0", ngImport: i0, type: FindATime, deps: [], target: i0.ɵɵFactoryTarget.Directive });
  static ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: "14.0.0", version: "17.0.0", ngImport: i0, type: FindATime, isStandalone: true, selector: "find-a-time",
    inputs: { ${inputs.map(({ alias, field }) => `${field}: ["${alias}", "${field}"]`).join(", ")} },
  });
}
`);

writeFileSync("angular.d.ts", `/**
 * \`<find-a-time>\` in Angular's templates: with \`imports: [FindATime]\` a component knows the tag, and a wrong attribute is an error.
 * \`import { FindATime } from "find-a-time/angular"\` also does what \`import "find-a-time"\` does.
 */
import * as i0 from "@angular/core";
import type { FindATimeAttributes, FindATimeElement } from "./find-a-time.js";

export declare class FindATime {
${inputs.map(({ field, type, isFlag }) => `  set ${field}(value: ${type}${isFlag ? ' | ""' : ""});`).join("\n")}
  static ɵfac: i0.ɵɵFactoryDeclaration<FindATime, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<FindATime, "find-a-time", never, {
${inputs.map(({ alias, field }) => `    "${field}": { "alias": "${alias}"; "required": false };`).join("\n")}
  }, {}, never, never, true, never>;
}
`);
