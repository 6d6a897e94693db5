/**
 * `<find-a-time>`, the custom element: owns its shadow root and its public methods, properties and events, and mounts, updates and unmounts
 * the widget (wasm). The widget itself is what patients see and press.
 *
 * Nothing here may throw into the page, and importing this file without a DOM does nothing.
 */
import "./first.js";
import { mount, resetParked } from "find-a-time-glue";
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
import { dead, enter, isTrap, listen, panicked, watchPage, whileAlive, widgets } from "./page.js";
import { fetchAhead, fetchWays, watchReach } from "./parts.js";
import { showStopped } from "./stopped.js";

const NAME = "find-a-time";
/** Milliseconds until the fallback replaces the skeleton; loading continues in the background. */
const PATIENCE = 18_000;
/** Properties that a page may set before the element is upgraded. */
const EARLY = [...ATTRIBUTES.map(propertyName), "getToken", "strings", "questions", "cardToken"];
/** Exactly one of these events follows each `findatime-submit`. */
const ENDS = ["booked", "conflict", "unconfirmed", "failed"].map((end) => `findatime-${end}`);
/** States that stay on screen after a panic. */
const OUTCOMES = ["booked", "unconfirmed"];
const CONTROLS = "a[href],button,input,select,textarea,[tabindex]";
/** Whether the widget of a booking that is being sent leaves one element for another. */
let taken = false;
/** Whether the page has mounted a widget before, so that the wasm runs and may keep outcomes. */
let hasMounted = false;

/** Asks a patient who leaves the page whether to leave. Chromium before version 119 asks only if `returnValue` is set. @param {any} leaving */
function warn(leaving) {
  leaving.preventDefault();
  leaving.returnValue = true;
}

export class FindATimeElement extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ATTRIBUTES;

  #upgraded = performance.now();
  #state = "loading";
  /** @type {import("./diagnostics.js").Diagnostic[]} */
  #diagnostics = [];
  /** The properties that the host set: `getToken`, `strings`, `questions`, `cardToken`. @type {Record<string, any>} */
  #given = {};
  /** The shadow root and its content, once there is something to show. @type {({ root: ShadowRoot } & ReturnType<typeof furnish>) | undefined} */
  #made;
  /** @type {import("find-a-time-glue").Mounted | null} */
  #mounted = null;
  /** The current attempt to start, if any; an earlier attempt compares itself with this to see that it was replaced or dropped. @type {object | null} */
  #starting = null;
  /** @type {object | null} */
  #speaking = null;
  /** The `key` (locale and the page's own texts) of the words that the widget got last. */
  #spoken = "";
  /** @type {Record<string, string>} */
  #texts = {};
  /** Whether a `findatime-submit` has fired, and the event that ends it has not. */
  #submitted = false;
  #updating = false;
  #patience = () => {};
  /** Removes the warning about leaving the page. */
  #allowLeaving = () => {};
  /** @type {MutationObserver | undefined} */
  #langs;

  /** The functions that the shared code of the page calls. @type {import("./page.js").Widget} */
  #widget = {
    diagnose: (code, values, level) => {
      const found = diagnostic(code, values, level);
      // A lasting condition, such as a refused origin, is reported once; a failed file each time.
      const again = !code.startsWith("asset-") && this.#diagnostics.some(({ message }) => message === found.message);
      if (!again) this.#note(found);
    },
    show: () => this.#dress(),
    start: () => void this.#start(),
    fail: (code) => this.#fail(code),
    addresses: () =>
      [this.#assets()?.href ?? folder(), this.getAttribute("api"), this.getAttribute("visits")].flatMap((text) => address(text)?.href ?? []),
  };

  /** The functions that the widget calls. @type {import("find-a-time-glue").Bridge} */
  #bridge = whileAlive({
    attribute: (name) => this.getAttribute(name),
    token: () => {
      const token = this.#given.getToken?.();
      // The promise may be rejected before the errand's part is loaded; this avoids an unhandled rejection.
      if (token instanceof Promise) token.catch(() => {});
      return token;
    },
    hasToken: () => !!this.#given.getToken,
    card: () => this.#given.cardToken?.(),
    hasCard: () => !!this.#given.cardToken,
    questions: () => this.#given.questions ?? null,
    signIn: (resume) => {
      let isAnswered = false;
      /** @type {(token: unknown) => void} */
      let give = () => {};
      const answer = new Promise((resolve) => (give = resolve));
      // Avoids an unhandled rejection, as in `token`.
      answer.catch(() => {});
      const respondWith = (/** @type {unknown} */ token) => {
        isAnswered = true;
        give(token);
      };
      const shown = this.#emit("findatime-signin", { resume }, true, { respondWith: { enumerable: true, value: respondWith } });
      // A page that prevents the event may respond later.
      return (isAnswered || !shown) && answer;
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
    state: (name) => {
      // The widget reports "loading" to an element whose widget goes on in another one, and then its state to that other element.
      if (name === "loading") [taken, this.#submitted] = [this.#submitted, false];
      else if (taken) [taken, this.#submitted] = [false, name === "sending"];
      this.#setState(name);
    },
    diagnose: (code, level, message, mend) => this.#note(Object.freeze({ code, level, message, mend })),
  });

  connectedCallback() {
    // Set properties again through the setters if the page set them before the upgrade, when there were no setters.
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

  // `signedIn`, `refresh` and `reset` call the wasm in a microtask: the page may call them in an event listener, while the wasm still runs.
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
      if (dead) {
        // An unconfirmed outcome in brief stays.
        this.#frame.mountPoint.querySelectorAll(".fat-outcome,.fat-outcomes>:not(.fat-danger)").forEach((gone) => gone.remove());
        this.#stop();
      }
      this.#call((mounted) => mounted.reset());
      // Outcomes stay in the page's memory after their element has left.
      if (hasMounted) enter(resetParked);
    });
  }
  /** Focuses the widget's first control, else the first control of the fallback. @param {FocusOptions} [options] */
  focus(options) {
    if (this.#call((mounted) => mounted.focusFirst(options))) return;
    /** @type {HTMLElement | null} */ (this.querySelector(CONTROLS))?.focus(options);
  }

  /** Loads what is missing and mounts the widget. Does nothing if it is mounted, an attempt is running, or a lazy element is far from the screen. */
  async #start() {
    if (dead) return this.#fail("panic");
    if (this.#starting || this.#mounted || !this.isConnected) return;
    // An element that has shown times before, and is put back far from the screen, shows its fallback again.
    if (isFar(this)) return this.#state === "unavailable" ? undefined : this.#setState("loading");
    // A script of the page prevents the element from having a shadow root.
    if (this.#made && !this.#made.root.host) return this.#setState("unavailable");
    const attempt = (this.#starting = {});
    const assets = this.getAttribute("assets");
    this.#setState("loading");
    this.#update();
    warmIntl(() => choose(nearestLang(this)).locale);
    this.#patience = after(PATIENCE, () => {
      this.#widget.diagnose("slow", { seconds: PATIENCE / 1000 });
      this.#setState("unavailable");
    });
    try {
      // Both in parallel.
      const files = /** @type {const} */ ([this.#words(), loadWasm(this.#assets())]);
      fetchWays(this);
      const [{ locale, words, key }] = await Promise.all(files);
      await new Promise((turn) => inTurn(() => turn(undefined), this));
      if (attempt !== this.#starting || dead) return;
      // The wasm brought the stylesheet.
      this.#dress();
      if (!this.#frame.root.host) return this.#setState("unavailable");
      this.#say(locale, words, key);
      hasMounted = true;
      this.#mounted = mount(this.#frame.mountPoint, this.#bridge, locale, words);
      // The language may have changed meanwhile, and elements whose attempt failed can start now.
      void this.#speak();
      for (const other of [...widgets]) other.start();
    } catch (error) {
      if (attempt === this.#starting) this.#trouble(error, "unavailable");
    } finally {
      if (attempt === this.#starting) {
        this.#settle();
        // The page may have set `assets` just after it added the element.
        if (!this.#mounted && this.getAttribute("assets") !== assets) void this.#start();
      }
    }
  }

  #settle() {
    this.#starting = null;
    this.#patience();
    // In a later task, since `readAhead` aborts the reads that the widget has not requested: a widget that was just mounted requests its reads
    // in microtasks.
    after(0, () => readAhead(this, !!this.#starting));
  }

  /**
   * Unmounts the widget if the element stays off the page. Checks this in a microtask, since an element that the page moves is disconnected
   * and connected again at once. A booking that is being sent continues while the element is off the page: the event with its result fires on
   * the element, and its outcome is shown when the element, or another one that looks for the same, is connected.
   */
  #leaveIfAway() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  #leave() {
    // While a booking is being sent, the element still has to learn about a panic.
    if (!this.#submitted) widgets.delete(this.#widget);
    forgetNear(this);
    this.#langs?.disconnect();
    this.#settle();
    this.#speaking = null;
    this.#call((mounted) => mounted.free());
    this.#mounted = null;
    if (!dead) this.#made?.mountPoint.replaceChildren();
  }

  /** Handles a panic: removes what the wasm drew except outcomes, and fires `findatime-unconfirmed` if a `findatime-submit` has no end yet. @param {string} code */
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
    // `reflect` defines the property.
    const level = /** @type {{ headingLevel?: any }} */ (this).headingLevel;
    const isOutcome = showStopped(this.#frame.root, this.#frame, state === "unconfirmed" ? this.#texts : null, level >= 2 && level <= 6 ? level : 2);
    this.#setState(isOutcome && OUTCOMES.includes(state) ? state : "unavailable");
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

  /** Passes all changes of attributes and properties in one task together to the widget, or, before it is mounted, to `readAhead`. */
  #update() {
    if (!(this.#mounted || this.#starting) || this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      this.#call((mounted) => mounted.update());
      if (!this.#starting) return;
      const read = () => this.#starting && readAhead(this, comesFirst(this));
      // Send the requests in a task of their own: each takes a slow phone some milliseconds. An element off the screen sends none, so it needs
      // no such task.
      if (comesFirst(this)) inTurn(read, this);
      else read();
    });
  }

  /** The words for the current language; the host's own texts override the pack's. */
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
    // All elements without texts of their own share one object, which the widget reads once.
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
      // Already reported; the element keeps its language.
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

  /** The folder named by `assets`, if it is valid. */
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

  /** Sets the state, shows or hides the skeleton and the fallback, and fires `findatime-step`. @param {string} to */
  #setState(to) {
    const from = this.#state;
    this.#state = to;
    // If the focus is in the fallback when the widget replaces it, the focus moves into the widget. `:focus-within` cannot tell: in Chromium it
    // no longer matches an element that got its shadow root while the focus was inside.
    const hadFocus = this.querySelector(":focus:not(find-a-time>[slot],find-a-time>[slot] *)");
    this.#arrange();
    if (from === to) return;
    wake();
    if (hadFocus && this.#made?.fallback.hidden) queueMicrotask(() => this.focus({ preventScroll: true }));
    // If the patient left now, they would not know whether the visit is booked. Each element has a listener of its own, so that removing one
    // leaves the others.
    if (to === "sending") this.#allowLeaving = listen(window, "beforeunload", (leaving) => warn(leaving));
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
    this.#made.container.classList.toggle("fat-helped", !!this.querySelector("[slot=help]"));
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

  /** Called by another copy of the script that finds the tag already defined. @returns {boolean} whether there was an element to report it */
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
      // A script of the page has replaced `define`, and it threw an error: what the page wrote inside the tag stays visible.
    }
  } else if (!first.loadedTwice?.()) {
    const detail = { version: 1, product: NAME, ...diagnostic("loaded-twice") };
    document.dispatchEvent(new CustomEvent("findatime-diagnostic", { bubbles: true, detail: Object.freeze(detail) }));
  }
}
