// What a server sends: the same app as text. Importing the element where there is no DOM does nothing.
import { renderToString } from "react-dom/server";
import "find-a-time";
import { App } from "./App";
import type { Settings } from "./settings";

export const render = (settings: Settings) => renderToString(<App settings={settings} />);
