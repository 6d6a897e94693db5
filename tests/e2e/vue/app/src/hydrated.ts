// The server's HTML holds the element, which is running before Vue hydrates the page.
import { createSSRApp } from "vue";
import "find-a-time";
import App from "./App.vue";
import { readSettings } from "./settings";

createSSRApp(App, { settings: readSettings() }).mount("#root");
