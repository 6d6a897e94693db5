/**
 * `<find-a-time>`, the custom element: owns the shadow root, what the host page may call and hear, and when the widget
 * (wasm) is mounted, told of changes and unmounted. What patients see and do is the widget's affair.
 *
 * Nothing here may throw into the page, and importing it where there is no DOM does nothing.
 */
import "./first.js";
import { mount } from "find-a-time-glue";
import { address, assetsFolder } from "./assets.js";
import { ATTRIBUTES, isFalse, isOn, propertyName, reflect } from "./attributes.js";
import { diagnostic } from "./diagnostics.js";
import { watchDivs } from "./divs.js";
import { showDoctor } from "./doctor.js";
import { readAhead } from "./early.js";
import { event, freeze } from "./events.js";
import { folder } from "./files.js";
import { dress, furnish, rootOf } from "./frame.js";
import { warmIntl } from "./intl.js";
import { loadPack, loadWasm } from "./load.js";
import { choose, DEFAULT, direction, nearestLang, watchLang } from "./locale.js";
import { comesFirst, forgetNear, inTurn, isFar, wake, watchNear } from "./near.js";
import { after } from "./net.js";
import { dead, isTrap, listen, panicked, watchPage, whileAlive, widgets } from "./page.js";
import { fetchAhead, fetchWays, watchReach } from "./parts.js";
import { showStopped } from "./stopped.js";

const NAME = "find-a-time";
/** Milliseconds until the fallback stands alone; loading goes on behind it. */
const PATIENCE = 18_000;
/** What a page may set before the element is upgraded. */
const EARLY = [...ATTRIBUTES.map(propertyName), "getToken", "strings", "questions", "cardToken"];
/** Exactly one of these follows each `findatime-submit`. */
const ENDS = ["booked", "conflict", "unconfirmed", "failed"].map((end) => `findatime-${end}`);
/** States that stay on screen after a panic. */
const OUTCOMES = ["booked", "unconfirmed"];
const CONTROLS = "a[href],button,input,select,textarea,[tabindex]";

export class FindATimeElement extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ATTRIBUTES;

  #upgraded = performance.now();
  #state = "loading";
  /** @type {import("./diagnostics.js").Diagnostic[]} */
  #diagnostics = [];
  /** What the host set: `getToken`, `strings`, `questions`, `cardToken`. @type {Record<string, any>} */
  #given = {};
  /** The shadow root and what is in it, once something is to be shown there. @type {({ root: ShadowRoot } & ReturnType<typeof furnish>) | undefined} */
  #made;
  /** @type {import("find-a-time-glue").Mounted | null} */
  #mounted = null;
  /** The attempt under way, if any; one that was replaced or given up finds another here. @type {object | null} */
  #starting = null;
  /** @type {object | null} */
  #speaking = null;
  /** The words last handed over. */
  #spoken = "";
  /** @type {Record<string, string>} */
  #texts = {};
  /** Whether a `findatime-submit` has no end yet. */
  #submitted = false;
  #updating = false;
  #patience = () => {};
  /** Lets the patient leave the page again. */
  #allowLeaving = () => {};
  /** @type {MutationObserver | undefined} */
  #langs;

  /** How the page speaks to this element. @type {import("./page.js").Widget} */
  #widget = {
    diagnose: (code, values, level) => {
      const found = diagnostic(code, values, level);
      // What is so rather than what happened is told once: a refused origin, say, not each file on it.
      const again = !code.startsWith("asset-") && this.#diagnostics.some(({ message }) => message === found.message);
      if (!again) this.#note(found);
    },
    show: () => this.#dress(),
    start: () => void this.#start(),
    fail: (code) => this.#fail(code),
    addresses: () =>
      [this.#assets()?.href ?? folder(), this.getAttribute("api"), this.getAttribute("visits")].flatMap((text) => address(text)?.href ?? []),
  };

  /** How the widget speaks to the host. @type {import("find-a-time-glue").Bridge} */
  #bridge = whileAlive({
    attribute: (name) => this.getAttribute(name),
    token: () => {
      const token = this.#given.getToken?.();
      // It may be rejected before the errand's part is there to hear of it.
      if (token instanceof Promise) token.catch(() => {});
      return token;
    },
    hasToken: () => !!this.#given.getToken,
    card: () => this.#given.cardToken?.(),
    hasCard: () => !!this.#given.cardToken,
    questions: () => this.#given.questions ?? null,
    signIn: (resume) => {
      /** @type {Promise<unknown> | undefined} */
      let answer;
      const respondWith = (/** @type {unknown} */ token) => {
        answer ??= Promise.resolve(token);
        // As above.
        answer.catch(() => {});
      };
      const shown = this.#emit("findatime-signin", { resume }, true, { respondWith: { enumerable: true, value: respondWith } });
      return answer ?? !shown;
    },
    emit: (name, detail, cancelable) => {
      if (name === "findatime-shown") fetchAhead();
      if (name === "findatime-submit" || ENDS.includes(name)) this.#submitted = !ENDS.includes(name);
      return this.#emit(name, name === "findatime-shown" ? { ...detail, ms: Math.round(performance.now() - this.#upgraded) } : detail, cancelable);
    },
    selectedByEvent: (detail, slot) => {
      let read = false;
      const full = { enumerable: true, get: () => ((read = true), freeze(slot)) };
      return !this.#emit("findatime-selected", detail, true, { slot: full }) || read;
    },
    state: (name) => this.#setState(name),
    diagnose: (code, level, message, mend) => this.#note(Object.freeze({ code, level, message, mend })),
  });

  connectedCallback() {
    // Set before the element was upgraded: taken over, so that the order does not matter.
    for (const name of Object.getOwnPropertyNames(this)) {
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (EARLY.includes(name) && early?.configurable && Reflect.deleteProperty(this, name)) Reflect.set(this, name, early.value);
    }
    watchPage();
    widgets.add(this.#widget);
    this.#langs?.disconnect();
    this.#langs = watchLang(this, () => void this.#speak());
    if (this.#made) this.#dress();
    watchNear(this, this.#widget);
    void this.#start();
    void this.#speak();
  }

  disconnectedCallback() {
    this.#leaveIfAway();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (name === "doctor") {
      if (isFalse(now)) this.#widget.diagnose("boolean-false", { name });
      this.#showDoctor();
    }
    if (/^(assets|loading|resume)$/.test(name) && this.isConnected) void this.#start();
    this.#update();
  }

  get state() {
    return this.#state;
  }
  get diagnostics() {
    return [...this.#diagnostics];
  }

  get getToken() {
    return this.#given.getToken ?? null;
  }
  set getToken(value) {
    this.#give("getToken", value, "function");
    this.#update();
  }
  get strings() {
    return this.#given.strings ?? null;
  }
  set strings(value) {
    this.#give("strings", value, "object");
    const texts = Object.entries(this.#given.strings ?? {}).filter(([, text]) => typeof text === "string");
    this.#given.strings &&= Object.fromEntries(texts);
    void this.#speak();
  }
  get questions() {
    return this.#given.questions ?? null;
  }
  set questions(value) {
    this.#give("questions", value, "object");
    this.#update();
  }
  get cardToken() {
    return this.#given.cardToken ?? null;
  }
  set cardToken(value) {
    this.#give("cardToken", value, "function");
    this.#update();
  }

  // In a microtask, since a host may call these from a listener, that is while the widget is at work.
  signedIn() {
    queueMicrotask(() => this.#call((mounted) => mounted.signedIn()));
  }
  refresh() {
    queueMicrotask(() => {
      this.#call((mounted) => mounted.refresh());
      void this.#start();
    });
  }
  reset() {
    queueMicrotask(() => {
      if (!dead) return this.#call((mounted) => mounted.reset());
      this.#made?.mountPoint.replaceChildren();
      this.#stop();
    });
  }
  /** The first control inside, else the fallback's first link. @param {FocusOptions} [options] */
  focus(options) {
    if (this.#call((mounted) => mounted.focusFirst(options))) return;
    /** @type {HTMLElement | null} */ (this.querySelector(CONTROLS))?.focus(options);
  }

  /** Loads what is missing and mounts; harmless when nothing is missing or an attempt is under way. */
  async #start() {
    if (dead) return this.#fail("panic");
    if (this.#starting || this.#mounted || !this.isConnected || isFar(this)) return;
    // The page keeps the element from having a shadow root.
    if (this.#made && !this.#made.root.host) return this.#setState("unavailable");
    const attempt = (this.#starting = {});
    this.#setState("loading");
    this.#update();
    warmIntl(() => choose(nearestLang(this)).locale);
    this.#patience = after(PATIENCE, () => {
      this.#widget.diagnose("slow", { seconds: PATIENCE / 1000 });
      this.#setState("unavailable");
    });
    try {
      // Side by side.
      const files = /** @type {const} */ ([this.#words(), loadWasm(this.#assets())]);
      fetchWays(this);
      const [{ locale, words, key }] = await Promise.all(files);
      await new Promise((turn) => inTurn(() => turn(undefined), this));
      if (attempt !== this.#starting || dead) return;
      // The wasm brought the stylesheet.
      this.#dress();
      if (!this.#frame.root.host) return this.#setState("unavailable");
      this.#say(locale, words, key);
      this.#mounted = mount(this.#frame.mountPoint, this.#bridge, locale, words);
      // What changed in the meantime, and those whose own attempt had failed.
      void this.#speak();
      for (const other of [...widgets]) other.start();
    } catch (error) {
      if (attempt === this.#starting) this.#trouble(error, "unavailable");
    } finally {
      if (attempt === this.#starting) this.#settle();
    }
  }

  #settle() {
    this.#starting = null;
    this.#patience();
    // In a later task: a widget that was just mounted sends its reads in microtasks, and some of them were sent ahead.
    after(0, () => readAhead(this, !!this.#starting));
  }

  /**
   * A moved node is disconnected and connected again at once; only one that stays away is unmounted. A booking on its way
   * goes on without it: its end is dispatched on the element, and shown if it, or one like it, comes back.
   */
  #leaveIfAway() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  #leave() {
    widgets.delete(this.#widget);
    forgetNear(this);
    this.#langs?.disconnect();
    this.#settle();
    this.#speaking = null;
    this.#call((mounted) => mounted.free());
    this.#mounted = null;
    if (!dead) this.#made?.mountPoint.replaceChildren();
  }

  /** After a panic: removes what the wasm drew but for an outcome. A submit without an end ends as `unconfirmed`. @param {string} code */
  #fail(code) {
    this.#settle();
    this.#mounted = null;
    this.#stop();
    this.#widget.diagnose(code);
    if (!this.#submitted) return;
    this.#submitted = false;
    this.#emit("findatime-unconfirmed", {});
  }

  #stop() {
    const state = this.#submitted ? "unconfirmed" : this.#state;
    const level = this.headingLevel;
    const isKept = showStopped(this.#frame.root, this.#frame, state === "unconfirmed" ? this.#texts : null, level >= 2 && level <= 6 ? level : 2);
    this.#setState(isKept && OUTCOMES.includes(state) ? state : "unavailable");
  }

  /** @param {unknown} error @param {string} [state] */
  #trouble(error, state) {
    if (isTrap(error)) panicked();
    else if (state) this.#setState(state);
    else this.#widget.diagnose("internal");
  }

  /** @template T @param {(mounted: import("find-a-time-glue").Mounted) => T} call @returns {T | undefined} */
  #call(call) {
    if (!this.#mounted || dead) return;
    try {
      return call(this.#mounted);
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** Reports the changes of one task together: to the widget, or before there is one, to what is read ahead of it. */
  #update() {
    if (!(this.#mounted || this.#starting) || this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      this.#call((mounted) => mounted.update());
      if (this.#starting) readAhead(this, comesFirst(this));
    });
  }

  /** The words for the language in force now, the host's own over the pack's. */
  async #words() {
    const { valid, ...chosen } = choose(nearestLang(this));
    let { pack, locale } = chosen;
    if (!valid) this.#widget.diagnose("lang-invalid", { used: locale });
    const base = this.#assets();
    let words;
    try {
      words = await loadPack(base, pack);
    } catch (error) {
      if (pack === DEFAULT) throw error;
      words = await loadPack(base, (pack = locale = DEFAULT));
    }
    const own = this.#given.strings;
    // One object for all elements without wordings of their own: the widget reads it once.
    return { locale, words: own ? { ...words, ...own } : words, key: JSON.stringify([locale, own]) };
  }

  /** Sets the language and its direction together: English on a page in Arabic is laid out from left to right. @param {string} locale @param {Record<string, string>} words @param {string} key */
  #say(locale, words, key) {
    this.#spoken = key;
    this.#texts = words;
    this.#frame.container.lang = locale;
    this.#frame.container.dir = direction(locale);
  }

  async #speak() {
    if (!this.#mounted) return;
    const turn = (this.#speaking = {});
    try {
      const { locale, words, key } = await this.#words();
      if (turn !== this.#speaking || key === this.#spoken) return;
      this.#say(locale, words, key);
      this.#call((mounted) => mounted.speak(locale, words));
    } catch {
      // Announced; the language before stays.
    }
  }

  get #frame() {
    if (!this.#made) {
      const root = rootOf(this);
      this.#made = { root, ...furnish(root) };
      watchReach(this.#made.mountPoint, this.#widget);
      this.#arrange();
    }
    return this.#made;
  }

  #dress() {
    if (!dress(this.#frame.root)) this.#widget.diagnose("no-stylesheets");
  }

  /** The folder named by `assets`, if it is a good one. */
  #assets() {
    const given = this.getAttribute("assets");
    const folder = assetsFolder(given);
    if (given?.trim() && !folder) this.#widget.diagnose("assets-invalid");
    return folder;
  }

  /** @param {string} name @param {any} value @param {"function" | "object"} takes */
  #give(name, value, takes) {
    const fits = value == null || typeof value === takes;
    if (!fits) this.#widget.diagnose("property-invalid", { name, got: `a ${typeof value}`, takes: `a value of type ${takes}` });
    this.#given[name] = fits ? value : null;
  }

  /** The loader, not the wasm, decides what stands beside the widget. @param {string} to */
  #setState(to) {
    const from = this.#state;
    this.#state = to;
    // Whoever came by the keyboard and is in the fallback when times replace it goes on in the widget.
    // Not `:focus-within`, which Chromium forgets where an element gets its shadow root while the focus is in it.
    const hadFocus = this.querySelector(":focus:not(find-a-time>[slot],find-a-time>[slot] *)");
    this.#arrange();
    if (from === to) return;
    wake();
    if (hadFocus && this.#made?.fallback.hidden) queueMicrotask(() => this.focus({ preventScroll: true }));
    // Leaving now would leave the patient not knowing whether they have an appointment.
    if (to === "sending") this.#allowLeaving = listen(window, "beforeunload", (leaving) => leaving.preventDefault());
    if (from === "sending") {
      this.#allowLeaving();
      this.#leaveIfAway();
    }
    this.#emit("findatime-step", { from, to });
  }

  #arrange() {
    if (!this.#made) return;
    const state = this.#state;
    this.#made.waiting.hidden = state !== "loading";
    this.#made.fallback.hidden = !dead && state !== "loading" && state !== "unavailable";
  }

  /** @param {import("./diagnostics.js").Diagnostic} found */
  #note(found) {
    this.#diagnostics = [...this.#diagnostics, found].slice(-50);
    this.#showDoctor();
    this.#emit("findatime-diagnostic", found);
  }

  #showDoctor() {
    const isShown = isOn(this.getAttribute("doctor"));
    if (isShown || this.#made) showDoctor(this.#frame.root, isShown ? this.#diagnostics : null);
  }

  /**
   * @param {string} name @param {object} detail @param {boolean} [cancelable] @param {PropertyDescriptorMap} [more]
   * @returns {boolean} false when a listener prevented it
   */
  #emit(name, detail, cancelable, more) {
    return this.dispatchEvent(event(name, detail, this.getAttribute("product")?.trim() || NAME, cancelable, more));
  }

  /** Another copy of the script found this one in place. @returns {boolean} whether any element could tell */
  static loadedTwice() {
    for (const widget of [...widgets]) widget.diagnose("loaded-twice");
    return widgets.size > 0;
  }
}

if (globalThis.customElements && globalThis.HTMLElement) {
  const first = /** @type {typeof FindATimeElement | undefined} */ (customElements.get(NAME));
  if (!first) {
    reflect(FindATimeElement.prototype);
    try {
      customElements.define(NAME, FindATimeElement);
      watchDivs();
    } catch {
      // A replacement: what the page wrote inside the tag stays visible.
    }
  } else if (!first.loadedTwice?.()) {
    const detail = { version: 1, product: NAME, ...diagnostic("loaded-twice") };
    document.dispatchEvent(new CustomEvent("findatime-diagnostic", { bubbles: true, detail: Object.freeze(detail) }));
  }
}
