// What a server sends: the same app as text. Importing the element where there is no DOM does nothing.
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import "find-a-time";
import App from "./App.vue";
import type { Settings } from "./settings";

export const render = (settings: Settings) => renderToString(createSSRApp(App, { settings }));
