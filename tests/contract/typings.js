// Reads the names in the package's typings with TypeScript's own compiler, in the order of their declaration.
import { fileURLToPath } from "node:url";
import ts from "typescript";

const file = (name) => fileURLToPath(new URL(`../../embed/${name}`, import.meta.url));

/** @param {string} name of a file in embed/ */
export function typings(name) {
  const { ScriptTarget: { ES2022: target }, ModuleKind: { ESNext: module }, ModuleResolutionKind: { Bundler: moduleResolution } } = ts;
  const program = ts.createProgram([file(name)], { target, module, moduleResolution, strict: true, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file(name));
  const exported = new Map(checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((symbol) => [symbol.name, symbol]));
  const typeOf = (type) => {
    const symbol = exported.get(type);
    if (!symbol) throw new Error(`${name} exports no ${type}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  const members = (type) => checker.getPropertiesOfType(type).map((property) => property.name);
  return {
    /** Errors in the file itself. */
    errors: () => ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    /** Members of a type, inherited ones included. @param {string} type */
    members: (type) => members(typeOf(type)),
    /** Members that a class declares itself. @param {string} type */
    own: (type) => [...new Set(exported.get(type).declarations.flatMap((declaration) => /** @type {import("typescript").ClassDeclaration} */ (declaration).members.map((member) => member.name?.getText() ?? "")))],
    /** The strings of a union type. @param {string} type */
    texts: (type) => /** @type {{ types: import("typescript").StringLiteralType[] }} */ (/** @type {unknown} */ (typeOf(type))).types.map((one) => one.value),
    /** Fields of each event's detail. @param {string} type @returns {Record<string, string[]>} */
    details: (type) =>
      Object.fromEntries(
        checker.getPropertiesOfType(typeOf(type)).map((event) => {
          const detail = checker.getPropertyOfType(checker.getTypeOfSymbol(event), "detail");
          return [event.name, members(checker.getTypeOfSymbol(detail))];
        }),
      ),
  };
}
