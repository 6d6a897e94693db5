// Reads the names in the package's typings with TypeScript's own compiler, in the order of their declaration.
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { requireValue } from "../support/values.js";

const file = (name) => fileURLToPath(new URL(`../../embed/${name}`, import.meta.url));

/** @param {string} name of a file in embed/ */
export function typings(name) {
  const { ScriptTarget: { ES2022: target }, ModuleKind: { ESNext: module }, ModuleResolutionKind: { Bundler: moduleResolution } } = ts;
  const program = ts.createProgram([file(name)], { target, module, moduleResolution, strict: true, types: [] });
  const checker = program.getTypeChecker();
  const source = requireValue(program.getSourceFile(file(name)), `file ${name}`);
  const moduleSymbol = requireValue(checker.getSymbolAtLocation(source), `export in ${name}`);
  const exported = new Map(checker.getExportsOfModule(moduleSymbol).map((symbol) => [symbol.name, symbol]));
  const symbolOf = (type) => requireValue(exported.get(type), `${type} among the exports of ${name}`);
  const typeOf = (type) => checker.getDeclaredTypeOfSymbol(symbolOf(type));
  const members = (type) => checker.getPropertiesOfType(type).map((property) => property.name);
  return {
    /** Errors in the file itself. */
    errors: () => ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    /** Members of a type, inherited ones included. @param {string} type */
    members: (type) => members(typeOf(type)),
    /** Members that a class declares itself. @param {string} type */
    own: (type) => {
      const declarations = requireValue(symbolOf(type).declarations, `declaration of ${type}`);
      const classes = /** @type {import("typescript").ClassDeclaration[]} */ (declarations);
      return [...new Set(classes.flatMap(({ members }) => members.map((member) => member.name?.getText() ?? "")))];
    },
    /** The strings of a union type. @param {string} type */
    texts: (type) => /** @type {{ types: import("typescript").StringLiteralType[] }} */ (/** @type {unknown} */ (typeOf(type))).types.map((one) => one.value),
    /** Fields of each event's detail. @param {string} type @returns {Record<string, string[]>} */
    details: (type) =>
      Object.fromEntries(
        checker.getPropertiesOfType(typeOf(type)).map((event) => {
          const detail = requireValue(checker.getPropertyOfType(checker.getTypeOfSymbol(event), "detail"), `detail of ${event.name}`);
          return [event.name, members(checker.getTypeOfSymbol(detail))];
        }),
      ),
  };
}
