// Renders the app to HTML on the server. Importing the element without a DOM does nothing.
import { renderToString } from "react-dom/server";
import "find-a-time";
import { App } from "./App";
import type { Settings } from "./settings";

export const render = (settings: Settings) => renderToString(<App settings={settings} />);
