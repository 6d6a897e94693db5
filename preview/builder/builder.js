/**
 * The snippet builder: reads a choice from the controls, sets the attributes of the element on this page accordingly, and shows the
 * text to copy. snippet.js writes the text, reading.js fills the lists, looks.js has the colors.
 */
import { trusts } from "../settings.js";
import { startCopying } from "./copy.js";
import { Offer } from "./fields.js";
import { startLooks } from "./looks.js";
import { createReader } from "./reading.js";
import { addressFlaw, attributesOf, MANAGED, missing, scriptOf, snippet, telephone } from "./snippet.js";
import { onLanguage, word } from "./words.js";

/** The controls that are named like an attribute and whose value is that attribute's value. */
const PLAIN = ["near", "radius", "product", "booking", "lang", "heading-level", "api", "visits", "scheduling", "brand", "tier", "domain", "api-key"];
const ADDRESSES = ["api", "visits", "scheduling", "files"];
/** The folder of the script on this page. */
const HERE = new URL("../../", import.meta.url).href;

/** The kind of page that an element is for. @param {HTMLElement} widget @returns {import("./snippet.js").Kind} */
function kindOf(widget) {
  const has = (/** @type {string} */ name) => widget.hasAttribute(name);
  if (has("npi")) return "clinician";
  if (has("department")) return has("practice") && widget.getAttribute("mode") === "both" ? "both" : "clinic";
  if (has("near")) return "near";
  return has("practice") ? "virtual" : "brand";
}

/** @returns {Promise<{ version: string, files: Record<string, string> } | undefined>} */
async function readRelease() {
  const response = await fetch(new URL("integrity.json", HERE)).catch(() => undefined);
  const release = response?.ok ? await response.json().catch(() => undefined) : undefined;
  return typeof release?.version === "string" && typeof release.files?.["find-a-time.js"] === "string" ? release : undefined;
}

/**
 * @param {HTMLElement} root
 * @param {import("../../embed/find-a-time.js").FindATimeElement} widget whose attributes from the page's address and the environment are set
 * @param {import("../environment.js").Environment} environment
 */
export async function startBuilder(root, widget, environment) {
  const control = (/** @type {string} */ name) => root.querySelector(`[data-control="${name}"]`);
  const note = (/** @type {string} */ name) => root.querySelector(`[data-note="${name}"]`);
  const field = (/** @type {string} */ name, /** @type {string} */ empty) => new Offer(root.querySelector(`[data-offer="${name}"]`), empty);
  /** @type {Record<"clinic" | "npi" | "visit-type" | "practice" | "region", Offer>} */
  const offers = {
    clinic: field("clinic", "choose"), npi: field("npi", "choose"), "visit-type": field("visit-type", "any-visit"),
    practice: field("practice", "choose"), region: field("region", "asked"),
  };
  const reader = createReader(offers, note("read"));
  /** @type {[string, string][]} */
  const more = [...widget.attributes].filter(({ name }) => !MANAGED.includes(name)).map(({ name, value }) => [name, value]);
  const given = widget.getToken;
  /** @type {import("./snippet.js").Kind | undefined} */
  let firstKind;
  /** @type {[string, string][]} */
  let rest = [];
  /** @type {Awaited<ReturnType<typeof readRelease>>} */
  let release;
  let phoneTyped = false;

  function fill() {
    const of = (/** @type {string} */ name) => widget.getAttribute(name) ?? "";
    root.querySelector(`[name="kind"][value="${kindOf(widget)}"]`).checked = true;
    for (const name of PLAIN) {
      const it = control(name);
      if (it instanceof HTMLSelectElement && ![...it.options].some(({ value }) => value === of(name))) continue;
      if (widget.hasAttribute(name)) it.value = of(name);
    }
    offers.clinic.offer([], of("department"));
    for (const name of /** @type {const} */ (["npi", "visit-type", "practice", "region"])) offers[name].offer([], of(name));
    control("here").checked = widget.hasAttribute("npi") && widget.hasAttribute("department");
    control("doctor").checked = widget.hasAttribute("doctor");
    control("loading").checked = widget.getAttribute("loading") === "lazy";
    control("files").value = HERE;
  }

  function gather() {
    const plain = Object.fromEntries(PLAIN.map((name) => [name, control(name).value.trim()]));
    const kind = root.querySelector('[name="kind"]:checked').value;
    const offered = Object.fromEntries(Object.entries(offers).map(([name, offer]) => [name, offer.value]));
    /** @type {import("./snippet.js").Choice} */
    const choice = {
      api: "", ...plain, ...offered, kind, here: control("here").checked, doctor: control("doctor").checked, loading: control("loading").checked ? "lazy" : "",
      more: kind === firstKind ? [...more, ...rest] : more,
    };
    return choice;
  }

  /** Shows what is wrong with an address, beside its field. @returns {boolean} whether all addresses can be used */
  function addressesHold() {
    return ADDRESSES.map((name) => {
      const it = control(name);
      const text = it.value.trim();
      const flaw = text ? addressFlaw(text) : name === "files" ? "shape" : "";
      it.setAttribute("aria-invalid", String(Boolean(flaw)));
      note(name).textContent = flaw ? word(`flaw-${flaw}`) : "";
      return !flaw;
    }).every(Boolean);
  }

  /** Sets the choice's attributes on the element, and removes the others. @param {import("./snippet.js").Choice} choice */
  function apply(choice) {
    const trusted = trusts(environment, [choice.api, choice.visits]);
    note("untrusted").hidden = trusted;
    // Remove `getToken` before the element gets the new address: a token must never be sent to a host that a visitor has typed.
    if (!trusted && widget.getToken) {
      widget.getToken = null;
      widget.reset?.();
    }
    const wanted = new Map(attributesOf(choice));
    for (const name of MANAGED) {
      const value = wanted.get(name);
      if (value === undefined) widget.removeAttribute(name);
      else if (widget.getAttribute(name) !== value) widget.setAttribute(name, value);
    }
    if (trusted && given && widget.getToken !== given) widget.getToken = given;
    const { phone } = choice;
    for (const link of phone ? widget.querySelectorAll('a[href^="tel:"]') : []) {
      link.href = telephone(/** @type {string} */ (phone));
      link.textContent = phone;
    }
  }

  /** Shows the text to copy, or what is still missing. */
  function show() {
    const choice = gather();
    for (const part of root.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(choice.kind);
    if (!phoneTyped && offers.clinic.chosen?.phone && choice.kind !== "virtual") control("phone").value = offers.clinic.chosen.phone;
    /** @type {string} */
    const phone = (choice.phone = control("phone").value.trim());
    const held = addressesHold();
    const gaps = [...missing(choice), ...(phone ? [] : ["phone"])];
    const ready = held && !gaps.length;
    root.querySelector("[data-result]").hidden = !ready;
    const text = ready ? "" : [...(held ? [] : [word("mend")]), ...(gaps.length ? [word("missing", { what: gaps.map((name) => word(`need-${name}`)).join(", ") })] : [])].join(" ");
    if (note("missing").textContent !== text) note("missing").textContent = text;
    note("missing").hidden = ready;
    const pinned = control("pinned");
    pinned.disabled = !release;
    note("release").textContent = release ? word("release", { version: release.version }) : word("no-release");
    if (ready) {
      const language = document.documentElement.lang;
      const pinned = root.querySelector('[name="address"]:checked').value === "pinned";
      const script = scriptOf(control("files").value.trim(), release, pinned, choice.lang || language);
      const form = root.querySelector('[name="form"]:checked').value;
      const made = snippet(choice, { script, look: looks.rules(), phone, language, form });
      for (const [name, text] of Object.entries(made)) root.querySelector(`[data-snippet="${name}"]`).textContent = text;
      const takesToken = choice.visits && choice.booking !== "link";
      note("token").hidden = !takesToken || form === "div";
      note("token-div").hidden = !takesToken || form !== "div";
      note("head-needed").hidden = form !== "div";
    }
    return { choice, held, ready };
  }

  /** Resolves when the last read ends: reads run one after another, each with the choice at the moment it begins. */
  let reading = Promise.resolve();
  function follow() {
    const { choice, held, ready } = show();
    if (ready) apply(choice);
    if (!held || !choice.api) return;
    root.setAttribute("aria-busy", "true");
    reading = reading.then(async () => {
      const now = gather();
      if (addressesHold() && now.api) await reader.read(now);
      root.removeAttribute("aria-busy");
      const after = show();
      if (after.ready) apply(after.choice);
    });
  }

  fill();
  // The page's address may also set attributes that the builder sets for other kinds of page: keep them until the visitor chooses
  // another kind.
  firstKind = kindOf(widget);
  const first = new Map(attributesOf(gather()));
  rest = [...widget.attributes].filter(({ name }) => MANAGED.includes(name) && !first.has(name)).map(({ name, value }) => [name, value]);
  /** Undefined while `startLooks` runs, which already calls its callback. @type {ReturnType<typeof startLooks>} */
  let looks;
  looks = startLooks(root, () => looks && show());
  root.addEventListener("submit", (event) => event.preventDefault());
  control("phone").addEventListener("input", () => (phoneTyped = true));
  root.addEventListener("input", ({ target }) => /** @type {Element} */ (target).closest("[data-choices], [data-handing]") && show());
  root.addEventListener("change", ({ target }) => /** @type {Element} */ (target).closest("[data-choices], [data-handing]") && follow());
  root.querySelector("[data-again]").addEventListener("click", () => {
    reader.forget();
    follow();
  });
  startCopying(root, (done, button) => {
    const what = word(`block-${button.dataset.copy}`);
    note("copied").textContent = "";
    note("copied").textContent = word(done ? "copied" : "not-copied", { what });
  });
  onLanguage(() => {
    for (const offer of Object.values(offers)) offer.translate();
    reader.translate();
    looks.translate();
    show();
  });
  note("untrusted").hidden = trusts(environment, [widget.getAttribute("api"), widget.getAttribute("visits")]);
  if (!note("untrusted").hidden) root.querySelector("[data-where]").open = true;
  release = await readRelease();
  if (!release) root.querySelector('[name="address"][value="follows"]').checked = true;
  follow();
}
