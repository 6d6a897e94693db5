// The server's HTML has the element; it is alive before React takes the page over.
import { hydrateRoot } from "react-dom/client";
import "find-a-time";
import { App } from "./App";
import { readSettings } from "./settings";

hydrateRoot(document.getElementById("root")!, <App settings={readSettings()} />);
