// What the loader and the page around it do to each other: names on `window`, a script that is loaded twice, panics, errors of other
// scripts, and a move into another document.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test, widget } from "../support/fixtures.js";
import { OUTCOMES, putLoader, script } from "../support/bundle.js";

const LOADER = '<script type="module" src="/widget/find-a-time.js"></script>';
const ELEMENT = '<find-a-time npi="1234567893"><a href="tel:+12065550100">Call 206-555-0100</a></find-a-time>';

test.beforeEach(({ site }) => putLoader(site));

const fallback = (page, nth = 0) => page.getByRole("link", { name: "Call 206-555-0100" }).nth(nth);

test("importing it where there is no DOM does nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "find-a-time-"));
  try {
    await writeFile(join(folder, "find-a-time.mjs"), await script());
    const read = `const before = Object.keys(globalThis).length; await import("./find-a-time.mjs"); process.stdout.write(String(Object.keys(globalThis).length - before))`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", read], { cwd: folder });
    expect([stdout, stderr]).toEqual(["0", ""]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("no key on `window`, nothing in storage, no element outside its own", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT }));
  const added = await page.evaluate(async () => {
    const before = new Set(Reflect.ownKeys(window).map(String));
    const elements = document.querySelectorAll("*").length;
    await import("/widget/find-a-time.js");
    while (document.querySelector("find-a-time").state !== "times") await new Promise((done) => setTimeout(done, 10));
    return {
      keys: Reflect.ownKeys(window).map(String).filter((key) => !before.has(key) && !key.startsWith("__pw")),
      elements: document.querySelectorAll("*").length - elements,
      stored: localStorage.length + sessionStorage.length + document.cookie.length,
      styled: document.querySelector("find-a-time").shadowRoot.querySelectorAll("style, [style], script").length,
    };
  });
  expect(added).toEqual({ keys: [], elements: 0, stored: 0, styled: 0 });
});

test("loaded twice, the first script wins and the elements report it", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const same = await page.evaluate(async () => {
    const first = customElements.get("find-a-time");
    await import("/widget/find-a-time.js?again");
    return customElements.get("find-a-time") === first;
  });
  expect(same).toBe(true);
  expect(await widget(page).codes()).toEqual(["loaded-twice"]);
});

test("loaded twice on a page without an element yet, the document gets the event", async ({ page, site }) => {
  await page.goto(site.page({ body: "<main></main>", head: LOADER }));
  const heard = await page.evaluate(async () => {
    const heard = [];
    addEventListener("findatime-diagnostic", ({ detail }) => heard.push(detail));
    await import("/widget/find-a-time.js?again");
    return heard;
  });
  expect(heard).toEqual([expect.objectContaining({ code: "loaded-twice", level: "warning", version: 1, product: "find-a-time" })]);
});

test("a panic shows the fallback of every widget of the page, and the instance is never called again", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT.repeat(3), head: LOADER }));
  await widget(page, 2).reaches("times");
  await widget(page, 1).host.evaluate((e) => (e.npi = "panic"));
  for (const nth of [0, 1, 2]) {
    await widget(page, nth).reaches("unavailable");
    await expect(fallback(page, nth)).toBeVisible();
    await expect(widget(page, nth).times).toHaveCount(0);
    expect(await widget(page, nth).codes()).toEqual(["panic"]);
  }
  await page.evaluate(async () => {
    const [first, second] = document.querySelectorAll("find-a-time");
    first.npi = "1000000004";
    for (const call of ["refresh", "reset", "signedIn", "focus"]) first[call]();
    document.documentElement.lang = "es";
    second.remove();
    await new Promise((done) => setTimeout(done, 100));
    document.body.append(second);
    document.body.append(document.createElement("find-a-time"));
  });
  await widget(page, 3).reaches("unavailable");
  expect(await page.evaluate(() => document.documentElement.dataset.calledAfterPanic)).toBeUndefined();
});

test("a panic while mounting has the same effect", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT.replace("1234567893", "panic"), head: LOADER }));
  await widget(page).reaches("unavailable");
  await expect(fallback(page)).toBeVisible();
  expect(await widget(page).codes()).toEqual(["panic"]);
});

for (const lang of ["en", "es"]) {
  test(`a panic while a booking is sent ends the booking as unconfirmed, in words that need no wasm (${lang})`, async ({ page, site }) => {
    const words = OUTCOMES[lang];
    await putLoader(site, { packs: OUTCOMES });
    const help = '<p slot="help">Questions? 206-555-0199</p>';
    await page.goto(site.page({ body: ELEMENT.replace("</find-a-time>", `${help}</find-a-time>`).repeat(2), lang, head: LOADER }));
    const [it, other] = [widget(page), widget(page, 1)];
    await other.reaches("times");
    const heard = await it.host.evaluate(async (e) => {
      e.headingLevel = 3;
      const heard = [];
      for (const name of ["step", "submit", "booked", "conflict", "unconfirmed", "failed"]) {
        document.addEventListener(`findatime-${name}`, ({ target, detail }) => heard.push([target === e ? "first" : "second", name, detail.to].filter(Boolean).join(" ")));
      }
      const { bridge, trap } = e.shadowRoot.querySelector(".fat-root").fake;
      bridge.state("sending");
      bridge.emit("findatime-submit", { attempt: 1 }, false);
      e.shadowRoot.querySelector("button").focus();
      try {
        trap();
      } catch {
        // In the real widget, the exception ends in the listener or timer that called the wasm.
      }
      // Wasm code that was already running may still run to its end.
      bridge.state("booked");
      bridge.emit("findatime-booked", {}, false);
      bridge.diagnose("late", "info", "Late.", "");
      await new Promise((done) => setTimeout(done, 100));
      return heard;
    });
    expect(heard).toEqual(["first step sending", "first submit", "first step unconfirmed", "first unconfirmed", "second step unavailable"]);
    const shown = async () => {
      await expect(it.heading).toHaveText(words["unconfirmed.heading"]);
      await expect(it.alert).toHaveText(words["unconfirmed.what"] + words["unconfirmed.do"]);
      expect(await it.state()).toBe("unconfirmed");
    };
    await shown();
    await expect(it.heading).toBeFocused();
    expect(await it.heading.evaluate((heading) => heading.localName)).toBe("h3");
    for (const nth of [0, 1]) {
      await expect(fallback(page, nth)).toBeVisible();
      await expect(page.getByText("206-555-0199").nth(nth)).toBeVisible();
      expect(await widget(page, nth).codes()).toEqual(["panic"]);
    }
    await expect(other.alert).toHaveCount(0);
    // The browser no longer asks before the patient leaves the page. Removed and added again, the element still shows the outcome,
    // without a second event.
    const again = await it.host.evaluate(async (e) => {
      let told = 0;
      e.addEventListener("findatime-unconfirmed", () => told++);
      const leaving = new Event("beforeunload", { cancelable: true });
      dispatchEvent(leaving);
      for (const call of ["refresh", "reset", "signedIn", "focus"]) e[call]();
      const { parentNode } = e;
      e.remove();
      await new Promise((done) => setTimeout(done, 50));
      parentNode.prepend(e);
      await new Promise((done) => setTimeout(done, 50));
      return [leaving.defaultPrevented, told];
    });
    expect(again).toEqual([false, 0]);
    await shown();
    await expect(fallback(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.dataset.calledAfterPanic)).toBeUndefined();
  });
}

test("a panic while the element of a booking is off the page ends the booking as unconfirmed", async ({ page, site }) => {
  await putLoader(site, { packs: OUTCOMES });
  await page.goto(site.page({ body: ELEMENT.repeat(2), head: LOADER }));
  const it = widget(page);
  for (const nth of [0, 1]) await widget(page, nth).reaches("times");
  const told = await it.host.evaluate(async (e) => {
    let told = 0;
    e.addEventListener("findatime-unconfirmed", () => told++);
    const { bridge } = e.shadowRoot.querySelector(".fat-root").fake;
    const { trap } = document.querySelectorAll("find-a-time")[1].shadowRoot.querySelector(".fat-root").fake;
    bridge.state("sending");
    bridge.emit("findatime-submit", { attempt: 1 }, false);
    e.remove();
    await new Promise((done) => setTimeout(done, 50));
    try {
      trap();
    } catch {
      // In the real widget, the exception ends in the listener or timer that called the wasm.
    }
    const leaving = new Event("beforeunload", { cancelable: true });
    dispatchEvent(leaving);
    const { state } = e;
    document.body.prepend(e);
    return [told, state, leaving.defaultPrevented];
  });
  expect(told).toEqual([1, "unconfirmed", false]);
  await expect(it.heading).toHaveText(OUTCOMES.en["unconfirmed.heading"]);
  expect(await it.state()).toBe("unconfirmed");
  await expect(widget(page, 1).alert).toHaveCount(0);
});

/** What the widget draws while it shows a booked visit in full, with outcomes in brief under it. */
const DRAWN = `<div class="fat-outcomes" role="group" hidden>
  <div class="fat-alert fat-danger" tabindex="-1">Not confirmed <button>Hide</button></div><div class="fat-alert fat-good" tabindex="-1">Booked before</div>
</div><section class="fat-outcome"><h2 class="fat-heading">Booked now</h2></section>`;

test("after a panic, outcomes in brief are below the one in full, and reset() leaves only what is not confirmed", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  const it = widget(page);
  await it.reaches("times");
  await it.host.evaluate((e, drawn) => {
    const root = e.shadowRoot.querySelector(".fat-root");
    const { bridge, trap } = root.fake;
    root.innerHTML = drawn;
    bridge.state("booked");
    try {
      trap();
    } catch {
      // In the real widget, the exception ends in the listener or timer that called the wasm.
    }
  }, DRAWN);
  const text = () => it.host.evaluate((e) => e.shadowRoot.querySelector(".fat-root").innerText.split(/\s*\n\s*/));
  expect(await text()).toEqual(["Booked now", "Not confirmed", "Booked before"]);
  expect(await it.state()).toBe("booked");
  for (let times = 0; times < 2; times += 1) {
    await it.host.evaluate(async (e) => {
      e.reset();
      await new Promise((done) => setTimeout(done));
    });
    expect(await text()).toEqual(["Not confirmed"]);
    expect(await it.state()).toBe("unavailable");
  }
});

test("while a booking is sent, browsers ask before the patient leaves, also those that ask only if `returnValue` is set", async ({ page, site }) => {
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  const leaving = (state) =>
    widget(page).host.evaluate((e, state) => {
      e.shadowRoot.querySelector(".fat-root").fake.bridge.state(state);
      const leaving = document.createEvent("BeforeUnloadEvent");
      leaving.initEvent("beforeunload", false, true);
      dispatchEvent(leaving);
      return [leaving.defaultPrevented, !!leaving.returnValue];
    }, state);
  expect(await leaving("sending")).toEqual([true, true]);
  expect((await leaving("booked"))[0], "the booking has ended").toBe(false);
});

test("a panic after a booking has ended fires no second end", async ({ page, site }) => {
  await putLoader(site, { packs: OUTCOMES });
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await widget(page).host.evaluate((e) => {
    const { bridge, trap } = e.shadowRoot.querySelector(".fat-root").fake;
    e.addEventListener("findatime-unconfirmed", () => document.body.classList.add("told"));
    bridge.emit("findatime-submit", { attempt: 1 }, false);
    bridge.emit("findatime-failed", { reason: "server" }, false);
    try {
      trap();
    } catch {
      // In the real widget, the exception ends in the listener or timer that called the wasm.
    }
  });
  await widget(page).reaches("unavailable");
  await expect(page.locator("body")).not.toHaveClass(/told/);
  await expect(widget(page).alert).toHaveCount(0);
});

for (const [where, provoke] of [
  ["a listener", (trap) => (document.querySelector("a").addEventListener("click", trap), document.querySelector("a").click())],
  ["a timer", (trap) => void setTimeout(trap)],
  ["a promise", (trap) => void Promise.resolve().then(trap)],
]) {
  test(`a panic in ${where} of the widget is not the page's error`, async ({ page, site, watch }) => {
    await page.goto(site.page({ body: ELEMENT.replace("tel:+12065550100", "#call"), head: LOADER }));
    await widget(page).reaches("times");
    await page.evaluate(() => {
      for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, () => document.body.classList.add("reported"));
    });
    await page.evaluate(`(${provoke})(document.querySelector("find-a-time").shadowRoot.querySelector(".fat-root").fake.trap)`);
    await widget(page).reaches("unavailable");
    await expect(fallback(page)).toBeVisible();
    await page.waitForTimeout(200);
    await expect(page.locator("body")).not.toHaveClass(/reported/);
    expect(watch.said()).toEqual([]);
    // `watch` still sees the error that the loader hides from the page: the listener of `watch` was added before the loader's.
    watch.allowExceptions();
  });
}

test("another script's error stays the page's", async ({ page, site, watch }) => {
  watch.allowExceptions();
  await page.goto(site.page({ body: ELEMENT, head: LOADER }));
  await widget(page).reaches("times");
  await page.evaluate(() => {
    setTimeout(() => {
      throw new WebAssembly.RuntimeError("the map's own trouble");
    });
  });
  await expect.poll(() => watch.exceptions().length).toBe(1);
  expect(await widget(page).state()).toBe("times");
});

for (const [file, whose, state] of /** @type {const} */ ([
  ["find-a-time.js", "the widget's own", "unavailable"],
  ["app.js", "the page's: a bundle may contain another wasm", "times"],
])) {
  test(`a trap without a panic, in the code of ${file}, is ${whose}`, async ({ page, site, watch }) => {
    watch.allowExceptions();
    site.put(`/widget/${file}`, `${await script()}\ndocument.trap = () => { throw new WebAssembly.RuntimeError("unreachable"); };`);
    await page.goto(site.page({ body: ELEMENT, head: `<script type="module" src="/widget/${file}"></script>` }));
    await widget(page).reaches("times");
    await page.evaluate(() => void setTimeout(/** @type {any} */ (document).trap));
    // In Firefox `watch` does not see an error that the loader hides from the page.
    if (state === "times") await expect.poll(() => watch.exceptions().length).toBe(1);
    await widget(page).reaches(state);
  });
}

test("a listener of the host that throws harms neither the widget nor the element", async ({ page, site, watch }) => {
  watch.allowExceptions();
  await page.goto(site.page({ body: ELEMENT, script: 'addEventListener("findatime-step", () => { throw new Error("of the host"); });', head: LOADER }));
  await widget(page).reaches("times");
  await expect(widget(page).times).toBeVisible();
  expect(watch.exceptions().every((text) => text.includes("of the host"))).toBe(true);
});

test("in another document the element keeps its widget and gets a sheet of that document", async ({ page, site }) => {
  await page.goto(site.page({ body: `${ELEMENT}<iframe srcdoc="<!doctype html><title>x</title><link rel=icon href=data:,>"></iframe>`, head: LOADER }));
  await widget(page).reaches("times");
  const seen = await page.evaluate(async () => {
    const e = document.querySelector("find-a-time");
    const inner = document.querySelector("iframe").contentDocument;
    inner.body.append(e);
    await new Promise((done) => setTimeout(done, 100));
    const [sheet] = e.shadowRoot.adoptedStyleSheets;
    const { fake } = e.shadowRoot.querySelector(".fat-root");
    return {
      own: sheet instanceof inner.defaultView.CSSStyleSheet,
      height: inner.defaultView.getComputedStyle(e.shadowRoot.querySelector("button")).minHeight,
      calls: fake.calls,
      state: e.state,
    };
  });
  expect(seen).toEqual({ own: true, height: "44px", calls: [], state: "times" });
});

test("the loader has no way to write markup or run text", async () => {
  const text = await script();
  expect(text.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|\.cookie/g)).toBeNull();
});
