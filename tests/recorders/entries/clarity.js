import { clarity } from "clarity-js";

export function start(ingest, setting) {
  const permissive = { unmask: ["body"], fraud: false };
  clarity.start({ projectId: "recorders", upload: `${ingest}/collect`, track: true, content: true, delay: 300, ...{ permissive }[setting] });
  return { stop: () => clarity.stop() };
}
