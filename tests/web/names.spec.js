// Compares the contract's names: every name promised to pages is in the element, the typings, the manifest, the docs, the
// stylesheet and the widget's source; and the typings and the manifest promise no other names.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import {
  ATTRIBUTES, CONFLICTS, CUSTOM_PROPERTIES, DETAIL, DIAGNOSTIC, EVENTS, FAILURES, METHODS, PARTS, PROPERTIES, QUESTION, SLOT, SLOTS, STATES,
} from "../contract/names.js";
import { typings } from "../contract/typings.js";
import { putLoader } from "../support/bundle.js";
import { expect, test } from "../support/fixtures.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");
const sorted = (names) => [...new Set(names)].sort();
const REFLECTING = Object.values(ATTRIBUTES).filter((name) => name !== "lang");
const OWN_ATTRIBUTES = Object.keys(ATTRIBUTES).filter((name) => name !== "lang");

/** The sources of one kind, without tests. @param {string} folder @param {string} ending @returns {string} */
const sources = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending) && !/_tests?\.|[\\/]tests[\\/]|node_modules/.test(path))
    .map((path) => read(join(folder, path)))
    .join("\n");

/** Names in backticks in the first cells of a document's tables; `focus(options)` counts as `focus`. @param {string} path */
const tabled = (path) => {
  const cells = [...read(path).matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)]);
  return cells.map(([, name]) => name.replace(/\(.*\)$/, ""));
};

test("the element has every attribute, property and method", async ({ page, site }) => {
  await putLoader(site);
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", head: '<script type="module" src="/widget/find-a-time.js"></script>' }));
  await page.waitForFunction(() => customElements.get("find-a-time"));
  const found = await page.evaluate(() => {
    const { observedAttributes, prototype } = /** @type {any} */ (customElements.get("find-a-time"));
    const members = Object.entries(Object.getOwnPropertyDescriptors(prototype));
    return {
      observed: observedAttributes,
      methods: members.filter(([, { value }]) => typeof value === "function").map(([name]) => name),
      accessors: members.filter(([, { get }]) => get).map(([name]) => name),
      readOnly: members.filter(([, { get, set }]) => get && !set).map(([name]) => name),
    };
  });
  expect(sorted(found.observed)).toEqual(sorted(OWN_ATTRIBUTES));
  expect(sorted(found.accessors)).toEqual(sorted([...REFLECTING, ...PROPERTIES]));
  expect(sorted(found.readOnly)).toEqual(["diagnostics", "state"]);
  const lifecycle = ["constructor", "connectedCallback", "disconnectedCallback", "attributeChangedCallback"];
  expect(sorted(found.methods.filter((name) => !lifecycle.includes(name)))).toEqual(sorted(METHODS));
});

test("every property reflects its attribute, both ways", async ({ page, site }) => {
  await putLoader(site);
  await page.goto(site.page({ body: "<find-a-time></find-a-time>", head: '<script type="module" src="/widget/find-a-time.js"></script>' }));
  await page.waitForFunction(() => customElements.get("find-a-time"));
  const wrong = await page.evaluate((names) => {
    const element = document.createElement("find-a-time");
    return Object.entries(names).filter(([attribute, property]) => {
      const value = { boolean: true, number: 7 }[typeof element[property]] ?? "7";
      element[property] = value;
      const written = element.getAttribute(attribute);
      element.removeAttribute(attribute);
      const gone = element[property];
      element.setAttribute(attribute, "7");
      return written !== (value === true ? "" : "7") || gone === value || element[property] !== value;
    });
  }, ATTRIBUTES);
  expect(wrong).toEqual([]);
});

test("the typings have every name and no other", () => {
  const types = typings("find-a-time.d.ts");
  expect(types.errors()).toEqual([]);
  expect(sorted(types.members("FindATimeProperties"))).toEqual(sorted(REFLECTING));
  expect(sorted(types.members("FindATimeAttributes"))).toEqual(sorted(OWN_ATTRIBUTES));
  expect(sorted(types.own("FindATimeElement"))).toEqual(sorted([...PROPERTIES, ...METHODS, "addEventListener", "removeEventListener"]));
  expect(types.members("FindATimeElement")).toEqual(expect.arrayContaining(Object.values(ATTRIBUTES)));
  expect(sorted(types.texts("FindATimeState"))).toEqual(sorted(STATES));
  expect(sorted(types.texts("FindATimeConflict"))).toEqual(sorted(CONFLICTS));
  expect(sorted(types.texts("FindATimeFailure"))).toEqual(sorted(FAILURES));
  expect(sorted(types.members("FindATimeSlot"))).toEqual(sorted(SLOT));
  expect(sorted(types.members("FindATimeQuestion"))).toEqual(sorted(QUESTION));
  expect(sorted(types.members("FindATimeDiagnostic"))).toEqual(sorted(DIAGNOSTIC));
  const details = types.details("FindATimeEventMap");
  expect(sorted(Object.keys(details))).toEqual(sorted(Object.keys(EVENTS)));
  for (const [name, fields] of Object.entries(EVENTS)) expect(sorted(details[name]), name).toEqual(sorted([...DETAIL, ...fields]));
});

test("React and Vue have a listener for every event", () => {
  const events = Object.keys(EVENTS);
  const react = typings("react.d.ts").members("FindATimeListeners");
  expect(sorted(react)).toEqual(sorted(events.flatMap((name) => [`on${name}`, `on${name}Capture`])));
  const pascal = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  expect(sorted(typings("vue.d.ts").members("FindATimeListeners"))).toEqual(sorted(events.map((name) => `on${pascal(name)}`)));
});

test("the manifest is valid, with every name and no other", () => {
  const manifest = JSON.parse(read("embed/custom-elements.json"));
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("custom-elements-manifest/schema.json"), "utf8"));
  const validate = new Ajv({ strict: false }).compile(schema);
  validate(manifest);
  expect(validate.errors ?? []).toEqual([]);
  expect(manifest.schemaVersion).toBe("2.1.0");
  const [element, ...others] = manifest.modules.flatMap(({ declarations }) => declarations);
  expect([element.tagName, element.customElement, others]).toEqual(["find-a-time", true, []]);
  const names = (list) => sorted(list.map(({ name }) => name));
  expect(Object.fromEntries(element.attributes.map(({ name, fieldName }) => [name, fieldName]))).toEqual(ATTRIBUTES);
  const fields = element.members.filter(({ kind }) => kind === "field");
  expect(names(fields)).toEqual(sorted([...REFLECTING, ...PROPERTIES]));
  for (const { name, attribute, reflects } of fields.filter((field) => field.attribute)) expect([ATTRIBUTES[attribute], reflects]).toEqual([name, true]);
  expect(fields.filter((field) => field.attribute).length).toBe(OWN_ATTRIBUTES.length);
  expect(names(element.members.filter(({ kind }) => kind === "method"))).toEqual(sorted(METHODS));
  expect(names(element.events)).toEqual(sorted(Object.keys(EVENTS)));
  for (const { name, type } of element.events) {
    const inside = type.text.match(/^CustomEvent<\{ (.*) \}>$/)?.[1] ?? "";
    const keys = inside.split("; ").map((field) => field.match(/^\w+/)?.[0]);
    expect(sorted(keys), name).toEqual(sorted([...DETAIL, ...EVENTS[name]]));
  }
  expect(names(element.cssProperties)).toEqual(sorted(CUSTOM_PROPERTIES));
  expect(names(element.cssParts)).toEqual(sorted(PARTS));
  expect(names(element.slots)).toEqual(sorted(SLOTS));
  for (const list of ["attributes", "members", "events", "cssProperties", "cssParts", "slots"]) {
    expect(element[list].filter(({ description }) => !description).map(({ name }) => name), `${list} without a word`).toEqual([]);
  }
});

test("the docs have a row for every name", () => {
  const [attributes, events, theming] = ["attributes", "events", "theming"].map((name) => tabled(`docs/${name}.md`));
  expect(attributes).toEqual(expect.arrayContaining([...Object.keys(ATTRIBUTES), ...PROPERTIES, ...METHODS]));
  const details = Object.values(EVENTS).flat();
  expect(events).toEqual(expect.arrayContaining([...Object.keys(EVENTS), ...DETAIL, ...details, ...CONFLICTS, ...FAILURES, ...SLOT]));
  expect(theming).toEqual(expect.arrayContaining([...CUSTOM_PROPERTIES, ...PARTS, ...SLOTS.map((name) => name || "default")]));
  // These rows also list the names of states, or of the members of a question or a diagnostic.
  for (const [row, names] of /** @type {const} */ ([["state", STATES], ["questions", QUESTION], ["diagnostics", DIAGNOSTIC]])) {
    const text = read("docs/attributes.md").match(new RegExp(`^\\| \`${row}\`.*$`, "m"))?.[0] ?? "";
    expect(names.filter((name) => !new RegExp(`[\`{ ]${name}[\`,? }]`).test(text)), row).toEqual([]);
  }
  // The table names each property in the row of its attribute.
  const rows = [...read("docs/attributes.md").matchAll(/^\| `([a-z-]+)` \| `(\w+)` \(/gm)].map(([, attribute, property]) => [attribute, property]);
  expect(Object.fromEntries(rows)).toEqual(ATTRIBUTES);
});

test("the stylesheet has every custom property and no other", () => {
  const found = [...(read("style/find-a-time.css") + sources("embed", ".js")).matchAll(/var\((--findatime-[a-z-]+)/g)].map(([, name]) => name);
  expect(sorted(found)).toEqual(sorted(CUSTOM_PROPERTIES));
});

test("the widget draws every part and slot and no other, and can be in every state", () => {
  const [rust, script] = [sources("src", ".rs"), sources("embed", ".js")];
  const parts = [
    ...[...rust.matchAll(/\.part\("([^"]+)"\)/g), ...script.matchAll(/"part", "([^"]+)"/g)].flatMap(([, names]) => names.split(" ")),
    // Part names that the widget passes to the one helper function that takes them.
    ...[...rust.matchAll(/"(button(?: [a-z-]+)?)"\)/g)].flatMap(([, names]) => names.split(" ")),
  ];
  expect(sorted(parts)).toEqual(sorted(PARTS));
  const slots = [...rust.matchAll(/el\("slot", ""\)\.attr\("name", "([^"]+)"\)/g)].map(([, name]) => name);
  expect(sorted([...slots, ...(script.includes('createElement("slot")') ? [""] : [])])).toEqual(sorted(SLOTS));
  const machine = read("crates/booking/src/journey/state.rs") + script;
  expect(STATES.filter((name) => !machine.includes(`"${name}"`))).toEqual([]);
});

test("the widget fires every event, with every reason", () => {
  const told = sources("src/host", ".rs") + sources("embed", ".js");
  const names = [...told.matchAll(/"(findatime-[a-z]+)"/g)].map(([, name]) => name);
  expect(sorted(names)).toEqual(sorted(Object.keys(EVENTS)));
  expect([...CONFLICTS, ...FAILURES, ...SLOT].filter((name) => !told.includes(`"${name}"`))).toEqual([]);
});
