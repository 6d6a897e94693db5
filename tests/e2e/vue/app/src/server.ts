// Renders the app to HTML on the server. Importing the element without a DOM does nothing.
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import "find-a-time";
import App from "./App.vue";
import type { Settings } from "./settings";

export const render = (settings: Settings) => renderToString(createSSRApp(App, { settings }));
