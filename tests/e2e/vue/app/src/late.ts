// Vue renders first; the element's script is a separate chunk, requested once the page is on screen.
import { createApp } from "vue";
import App from "./App.vue";
import { readSettings } from "./settings";

createApp(App, { settings: readSettings() }).mount("#root");
void import("find-a-time");
