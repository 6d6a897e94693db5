// @ts-nocheck: replaces functions of the browser by others of the wrong type, on purpose.
// Replaces functions of the browser: as old libraries, monitoring scripts and polyfills do, and by functions that are plainly broken.
// Each function of these lists runs in the page and makes one replacement.

/** @type {Record<string, () => void>} */
export const REPLACED = {
  "a subclass of Promise": () => void (window.Promise = class extends Promise {}),
  "a Promise whose then throws": () =>
    void (window.Promise = class extends Promise {
      then() {
        throw new Error("of another script");
      }
    }),
  "setTimeout that never calls": () => void (window.setTimeout = () => 0),
  "setTimeout of strings alone, and numbers as objects": () => {
    const { setTimeout } = window;
    window.setTimeout = (callback, ...more) => Object(setTimeout(() => callback(), ...more));
  },
  "clearTimeout that throws": () =>
    void (window.clearTimeout = () => {
      throw new Error("of another script");
    }),
  "requestAnimationFrame that throws": () =>
    void (window.requestAnimationFrame = () => {
      throw new Error("of another script");
    }),
  "requestAnimationFrame that never calls": () => void (window.requestAnimationFrame = () => 0),
  "requestAnimationFrame that calls at once": () => void (window.requestAnimationFrame = (callback) => (callback(performance.now()), 0)),
  "no requestIdleCallback": () => void delete window.requestIdleCallback,
  "requestIdleCallback that throws": () =>
    void (window.requestIdleCallback = () => {
      throw new Error("of another script");
    }),
  "an Intl.DateTimeFormat that throws": () =>
    void (Intl.DateTimeFormat = function DateTimeFormat() {
      throw new RangeError("of another script");
    }),
  "an Intl.DateTimeFormat of an old polyfill": () => {
    const Real = Intl.DateTimeFormat;
    Intl.DateTimeFormat = function DateTimeFormat(locale, options) {
      const real = new Real(locale, options);
      return { format: (date) => real.format(date), resolvedOptions: () => ({}) };
    };
  },
  "no Intl": () => void delete window.Intl,
  "addEventListener of window that throws": () =>
    void (window.addEventListener = () => {
      throw new Error("of another script");
    }),
  "addEventListener that is a wrapper of zone.js's kind": () => {
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (name, listener, options) {
      const wrapped = typeof listener === "function" ? (...given) => listener.apply(this, given) : listener;
      return addEventListener.call(this ?? window, name, wrapped, options);
    };
  },
  "an AbortController that never aborts": () => {
    window.AbortController = class AbortController {
      signal = new EventTarget();
      abort() {}
    };
  },
  "structuredClone that throws": () =>
    void (window.structuredClone = () => {
      throw new Error("of another script");
    }),
  "queueMicrotask that throws": () =>
    void (window.queueMicrotask = () => {
      throw new Error("of another script");
    }),
  "queueMicrotask that calls at once": () => void (window.queueMicrotask = (callback) => callback()),
  "no queueMicrotask": () => void delete window.queueMicrotask,
  "a TextDecoder that knows ASCII alone": () =>
    void (window.TextDecoder = class TextDecoder {
      decode(bytes = new Uint8Array()) {
        return [...new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)].map((byte) => String.fromCharCode(byte & 127)).join("");
      }
    }),
  "a TextEncoder without encodeInto": () => void delete TextEncoder.prototype.encodeInto,
  "Array.prototype.toJSON of an old Prototype.js": () => {
    Object.defineProperty(Array.prototype, "toJSON", { configurable: true, writable: true, value() { return `[${this.map((one) => JSON.stringify(one)).join()}]`; } });
  },
  "Array.from of an old library": () => void (Array.from = (list) => {
    const copy = [];
    for (let place = 0; place < (list?.length ?? 0); place++) copy.push(list[place]);
    return copy;
  }),
  "Array.prototype.map and filter that leave a mark on what they return": () => {
    for (const name of ["map", "filter"]) {
      const real = Array.prototype[name];
      Array.prototype[name] = function (...given) {
        return Object.assign(real.apply(this, given), { library: "old" });
      };
    }
  },
  "String.prototype.trim and replace that return objects": () => {
    for (const name of ["trim", "replace", "toLowerCase"]) {
      const real = String.prototype[name];
      String.prototype[name] = function (...given) {
        return Object(real.apply(this, given));
      };
    }
  },
  "Function.prototype.bind of an old library": () => {
    Function.prototype.bind = function (self, ...first) {
      return (...given) => this.apply(self, [...first, ...given]);
    };
  },
  "customElements.define that throws": () =>
    void (customElements.define = () => {
      throw new Error("of another script");
    }),
  "customElements.define that wraps the class": () => {
    const { define } = customElements;
    customElements.define = (name, Class, options) => define.call(customElements, name, class extends Class {}, options);
  },
  "attachShadow that throws": () =>
    void (Element.prototype.attachShadow = function () {
      throw new Error("of another script");
    }),
  "insertBefore and removeChild of a page translator": () => {
    for (const name of ["insertBefore", "removeChild"]) {
      const real = Node.prototype[name];
      Node.prototype[name] = function (child, ...more) {
        if (more[0] && more[0].parentNode !== this) return child;
        return real.call(this, child, ...more);
      };
    }
  },
  "attachShadow of a polyfill that marks each root": () => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      return Object.assign(attachShadow.call(this, options), { polyfill: true });
    };
  },
  "no MutationObserver, no IntersectionObserver, no ResizeObserver": () => {
    for (const name of ["MutationObserver", "IntersectionObserver", "ResizeObserver"]) delete window[name];
  },
  "no constructed stylesheets": () => {
    delete window.CSSStyleSheet.prototype.replaceSync;
  },
  "a CustomEvent of an old polyfill": () => {
    window.CustomEvent = function CustomEvent(name, { bubbles = false, cancelable = false, detail = null } = {}) {
      const event = document.createEvent("CustomEvent");
      event.initCustomEvent(name, bubbles, cancelable, detail);
      return event;
    };
  },
  "a Date that is a library's": () => {
    const Real = Date;
    window.Date = new Proxy(Real, { construct: (target, given) => Object.assign(new target(...given), { library: "old" }) });
  },
  "no FinalizationRegistry": () => void delete window.FinalizationRegistry,
};

/**
 * Replacements that break a function without which the script cannot start, or which the page's own call into the element needs: the
 * page then sees an error. @type {Record<string, () => void>}
 */
export const BROKEN = {
  "a TextDecoder that throws": () =>
    void (window.TextDecoder = class TextDecoder {
      decode() {
        throw new Error("of another script");
      }
    }),
  "Array.prototype.includes, flat and at that throw": () => {
    for (const name of ["includes", "flat", "at", "find", "some"]) {
      Array.prototype[name] = function () {
        throw new Error("of another script");
      };
    }
  },
  "Array.prototype.map that throws": () =>
    void (Array.prototype.map = function () {
      throw new Error("of another script");
    }),
  "String.prototype.includes and startsWith that throw": () => {
    for (const name of ["includes", "startsWith", "endsWith"]) {
      String.prototype[name] = function () {
        throw new Error("of another script");
      };
    }
  },
  "performance.now that throws": () =>
    void (performance.now = () => {
      throw new Error("of another script");
    }),
};
