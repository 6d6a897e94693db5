// The server's HTML holds the element, which is running before React hydrates the page.
import { hydrateRoot } from "react-dom/client";
import "find-a-time";
import { App } from "./App";
import { readSettings } from "./settings";

hydrateRoot(document.getElementById("root")!, <App settings={readSettings()} />);
