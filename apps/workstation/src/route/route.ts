import { useSyncExternalStore } from "react";

/** What the page shows. */
export type Route = { readonly page: "worklist" } | { readonly page: "study"; readonly studyInstanceUid: string };

/** The route that an address's part after "#" names; what names none is the worklist. */
export function parseRoute(hash: string): Route {
  const [, studyInstanceUid] = /^#\/study\/([\d.]+)$/.exec(hash) ?? [];
  return studyInstanceUid === undefined ? { page: "worklist" } : { page: "study", studyInstanceUid };
}

/** The part after "#" of a route's address. */
export function routeHash(route: Route): string {
  return route.page === "worklist" ? "#/" : `#/study/${route.studyInstanceUid}`;
}

/** The route of the page's address, also after the browser's back and forward. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return parseRoute(hash);
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
