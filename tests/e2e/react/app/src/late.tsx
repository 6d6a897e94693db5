// React renders first; the element's script is a separate chunk, requested once the page is on screen.
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { readSettings } from "./settings";

function Page() {
  useEffect(() => void import("find-a-time"), []);
  return <App settings={readSettings()} />;
}

createRoot(document.getElementById("root")!).render(<StrictMode><Page /></StrictMode>);
