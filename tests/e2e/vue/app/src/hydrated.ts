// The server's HTML has the element; it is alive before Vue takes the page over.
import { createSSRApp } from "vue";
import "find-a-time";
import App from "./App.vue";
import { readSettings } from "./settings";

createSSRApp(App, { settings: readSettings() }).mount("#root");
