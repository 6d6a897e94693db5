// The server's HTML holds the element; React hydrates the page before the element's script has loaded.
import { useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./App";
import { readSettings } from "./settings";

function Page() {
  useEffect(() => void import("find-a-time"), []);
  return <App settings={readSettings()} />;
}

hydrateRoot(document.getElementById("root")!, <Page />);
