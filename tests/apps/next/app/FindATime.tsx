"use client";

import { useLayoutEffect, useRef, type ReactNode } from "react";
import type { FindATimeAttributes, FindATimeElement, FindATimeEventMap } from "find-a-time/react";
import "find-a-time";

type Listeners = { [Name in keyof FindATimeEventMap]?: (event: FindATimeEventMap[Name]) => void };

interface Props extends FindATimeAttributes, Partial<Pick<FindATimeElement, "getToken" | "strings" | "questions" | "cardToken">> {
  on?: Listeners;
  /** The fallback, and elements with a `slot`. */
  children?: ReactNode;
}

/** `<find-a-time>` with functions, objects and events as props; its script may load before or after React, or with hydration. */
export function FindATime({ getToken = null, strings = null, questions = null, cardToken = null, on, children, ...attributes }: Props) {
  const ref = useRef<FindATimeElement>(null);

  useLayoutEffect(() => {
    if (ref.current) Object.assign(ref.current, { getToken, strings, questions, cardToken });
  }, [getToken, strings, questions, cardToken]);

  useLayoutEffect(() => {
    const element = ref.current;
    const listeners = Object.entries(on ?? {}) as [string, EventListener][];
    for (const [name, listener] of listeners) element?.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) element?.removeEventListener(name, listener);
    };
  }, [on]);

  return <find-a-time ref={ref} {...attributes}>{children}</find-a-time>;
}
