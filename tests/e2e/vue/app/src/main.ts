import { createApp } from "vue";
import "find-a-time";
import App from "./App.vue";
import { readSettings } from "./settings";

createApp(App, { settings: readSettings() }).mount("#root");
