// Causes a real panic: the page gives answers a false length, so that the wasm tries to allocate more memory than it can have.

/** Makes every body that is read from now on claim a length of 4 GB, which no wasm can hold. Runs in the page. */
export const lieAboutBodies = () => {
  const array = Object.getPrototypeOf(Uint8Array.prototype);
  const { get } = /** @type {{ get: () => number }} */ (Object.getOwnPropertyDescriptor(array, "length"));
  Object.defineProperty(array, "length", {
    configurable: true,
    get() {
      const length = get.call(this);
      // Leave the wasm's own memory alone.
      return this.buffer.byteLength < 1 << 20 ? 2 ** 32 - 1 : length;
    },
  });
};
