import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "find-a-time";
import { App } from "./App";
import { readSettings } from "./settings";

createRoot(document.getElementById("root")!).render(<StrictMode><App settings={readSettings()} /></StrictMode>);
