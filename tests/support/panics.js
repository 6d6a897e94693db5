// A real panic: the page lies about a length, and the wasm tries to allocate more than it can.

/** From now on every body that is read says that it is 4 GB long, which no wasm can hold. Run in the page. */
export const lieAboutBodies = () => {
  const array = Object.getPrototypeOf(Uint8Array.prototype);
  const { get } = Object.getOwnPropertyDescriptor(array, "length");
  Object.defineProperty(array, "length", {
    configurable: true,
    get() {
      const length = get.call(this);
      // Not the wasm's own memory.
      return this.buffer.byteLength < 1 << 20 ? 2 ** 32 - 1 : length;
    },
  });
};
