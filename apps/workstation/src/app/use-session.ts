import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { readSession, type SessionState } from "../api/session.ts";

/** Key of the session among what is asked. */
export const sessionKey = ["session"] as const;

/** Who is signed in, asked anew when the page is looked at again. */
export function useSession(): UseQueryResult<SessionState> {
  return useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });
}
