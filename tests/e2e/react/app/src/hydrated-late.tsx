// The server's HTML has the element; React takes the page over before the element's script is there.
import { useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./App";
import { readSettings } from "./settings";

function Page() {
  useEffect(() => void import("find-a-time"), []);
  return <App settings={readSettings()} />;
}

hydrateRoot(document.getElementById("root")!, <Page />);
