// Runs in every page of a sequence before the page's own scripts: reports every submit (an intent), names the intent in each POST
// that is sent for it, and lets the driver find and press the offered controls.

/** Begins every report in the console. */
export const MARK = "\u2063walk:";

/** The calls that book. */
export const BOOKING = /^\/api\/(6\/visits\/retail|7\/visits\/providerbooking|9\/visits)$/;

/**
 * @typedef {{ kind: "submit" | "end" | "send" | "answer" | "host" | "life", life: string, number: number, intent?: string, name?: string, reason?: string,
 *             visit?: string, attempt?: number, send?: number, path?: string, body?: string, status?: number | null, what?: string }} Report
 *
 * @typedef {{ kind: string, name: string, isSlot: boolean, isPrimary: boolean }} Control
 */

/** Runs in the page. @param {[string, string]} given the mark, and the source text of `BOOKING` */
export function inPage([mark, booking]) {
  if (window !== top || !/^https?:/.test(location.href)) return;
  const { debug } = console;
  const { fetch } = window;
  const life = crypto.randomUUID().slice(0, 8);
  let reports = 0;
  const report = (what) => debug.call(console, mark + JSON.stringify({ ...what, life, number: ++reports }));
  report({ kind: "life" });

  /** The latest intent of each element, by its `product`: the act `another` gives each new element a product of its own. @type {Map<string, string>} */
  const intents = new Map();
  const heard = new WeakSet();
  let selected;
  let presses = 0;
  const hear = (target) => {
    const on = (name, act) =>
      target.addEventListener(`findatime-${name}`, (event) => {
        if (heard.has(event)) return;
        heard.add(event);
        act(event.detail);
      }, true);
    on("submit", ({ product, attempt }) => {
      intents.set(product, `${life}-${++presses}`);
      report({ kind: "submit", intent: intents.get(product), attempt });
    });
    for (const name of ["booked", "conflict", "unconfirmed", "failed"]) {
      on(name, ({ product, reason, visitId }) => report({ kind: "end", intent: intents.get(product), name, reason, visit: visitId }));
    }
    // Skip a slot behind a getter: reading the slot hands the time over to the page.
    on("selected", (detail) => (selected = Object.getOwnPropertyDescriptor(detail, "slot")?.value ?? selected));
  };
  hear(document);

  let [sends, open] = [0, 0];
  const until = (answer) => {
    open++;
    const close = () => void open--;
    answer.then(close, close);
    return answer;
  };
  const hash = (text) => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7).toString(16);
  /** Names the intent in each POST that books, and reports the POST and its answer. Wraps `fetch` as a monitoring script would. */
  window.fetch = function (input, init) {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (init?.method !== "POST" || !new RegExp(booking).test(url.pathname)) return until(fetch.call(this, input, init));
    const product = url.searchParams.get("product");
    const intent = product === null ? undefined : intents.get(product);
    if (intent) url.searchParams.set("intent", intent);
    const send = ++sends;
    report({ kind: "send", intent, send, path: url.pathname, body: hash(String(init.body)) });
    const answer = until(fetch.call(this, url.href, init));
    answer.then(({ status }) => report({ kind: "answer", intent, send, status }), () => report({ kind: "answer", intent, send, status: null }));
    return answer;
  };
  addEventListener("pageshow", ({ persisted }) => persisted && report({ kind: "host", what: "restored" }));

  const root = () => document.querySelector("find-a-time")?.shadowRoot;
  /** @type {HTMLElement[]} */
  let controls = [];
  const labelOf = (control) => control.getAttribute("aria-label") ?? control.labels?.[0]?.innerText ?? control.textContent ?? "";
  const isOffered = (control) =>
    control.checkVisibility({ visibilityProperty: true }) && !control.disabled && control.getAttribute("aria-disabled") !== "true" && control.getClientRects().length > 0;

  /** What a patient who knows the answers enters, by the name of the field. */
  const VALUES = {
    given: "Ruth", family: "Lind", "birth-day": "3", "birth-year": "1952", email: "ruth.lind@example.com", phone: "(206) 555-0119", line1: "412 Shorewood Dr",
    city: "Seattle", zip: "98177", reason: "First visit after moving here", member: "CX883120", coupon: "NORTH25",
  };
  const change = (control, value) => {
    control.value = value;
    for (const type of ["input", "change", "blur"]) control.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  };
  const fillOne = (control, roll) => {
    const { type, localName, name } = control;
    if (type === "radio") {
      const group = [...root().querySelectorAll(`input[type=radio][name="${name}"]`)].filter(isOffered);
      // The last way to pay needs no further entry.
      return (name === "pay" ? group[group.length - 1] : group[Math.floor(roll * group.length)]).click();
    }
    if (type === "checkbox") return control.click();
    if (localName === "select") return change(control, [...control.options].map(({ value }) => value).filter(Boolean)[Math.floor(roll * (control.options.length - 1))] ?? "");
    change(control, VALUES[name.replace(/^(patient|insured)-/, "")] ?? "98107");
  };
  const isEmpty = (control) =>
    control.type === "radio" ? ![...root().querySelectorAll(`input[type=radio][name="${control.name}"]`)].some(({ checked }) => checked)
      : control.type === "checkbox" ? control.ariaRequired && !control.checked
        : (control.ariaRequired || /^birth-|-birth-/.test(control.name)) && !control.value;

  document[Symbol.for("walk")] = {
    report,
    hear,
    selected: () => selected,
    state: () => ({ state: document.querySelector("find-a-time")?.state ?? "away", open, now: performance.now() }),
    /** @returns {{ state: string, controls: Control[] }} the controls that can be pressed now */
    offered() {
      controls = [...(root()?.querySelectorAll("button,summary,select,textarea,input") ?? [])].filter(isOffered);
      const one = (control) => ({
        kind: control.localName === "input" ? control.type : control.localName, name: labelOf(control).trim().slice(0, 60),
        isSlot: control.part.contains("slot"), isPrimary: control.part.contains("button-primary"),
      });
      return { state: document.querySelector("find-a-time")?.state ?? "away", controls: controls.map(one) };
    },
    /** The position of a control on the screen; null when it is gone. @param {number} place */
    spot(place) {
      const control = controls[place];
      if (!control?.isConnected) return null;
      control.scrollIntoView({ block: "center" });
      const { x, y, width, height } = control.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    /** Fills one field, whatever it holds. @param {number} place @param {number} roll */
    fill: (place, roll) => controls[place]?.isConnected && fillOne(controls[place], roll),
    /** Fills all fields that are required and empty. @param {number} roll @returns {Promise<number>} the number of fields */
    async fillAll(roll) {
      for (let count = 0; count < 40; count++) {
        const empty = [...(root()?.querySelectorAll("input,select,textarea") ?? [])].filter(isOffered).find(isEmpty);
        if (!empty) return count;
        fillOne(empty, roll);
        // Wait until everything that the entry causes to be drawn has been drawn.
        await new Promise((next) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = next;
          port2.postMessage(0);
        });
      }
      return 40;
    },
    /** The texts that describe an outcome to the patient. */
    says: () => [...(root()?.querySelectorAll('[part~="alert"], [part~="heading"]') ?? [])].filter((part) => part.checkVisibility()).map((part) => part.innerText).join("\n"),
  };
}
