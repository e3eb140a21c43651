import { z } from "zod";
import type { Setting } from "../setting.ts";
import { roles } from "./roles.ts";

const httpUrl = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));

/** "radiology=radiologist,it=administrator" as pairs; `undefined` for what is none. */
function readRoleMap(text: string): ReadonlyMap<string, (typeof roles)[number]> | undefined {
  const pairs = text.split(",").map((part) => {
    const at = part.lastIndexOf("=");
    const role = roles.find((known) => known === part.slice(at + 1).trim());
    const group = part.slice(0, Math.max(at, 0)).trim();
    return group === "" || role === undefined ? undefined : ([group, role] as const);
  });
  const good = pairs.filter((pair) => pair !== undefined);
  return good.length === pairs.length ? new Map(good) : undefined;
}

/** The settings of accounts, as rows of the server's table. */
export const accountSettings = {
  ETALON_ACCOUNTS: {
    schema: z.enum(["on", "off"]).default("on"),
    expected: "on | off",
    fallback: "on",
    help: {
      en: "whether who asks over HTTP must sign in; off only on the loopback address, without a proxy",
      fr: "si qui interroge par HTTP doit se connecter ; off seulement sur l'adresse de boucle locale, sans mandataire",
    },
  },
  ETALON_HTTP_BASIC: {
    schema: z.enum(["on", "off"]).default("off"),
    expected: "on | off",
    fallback: "off",
    help: {
      en: "whether an account's password is taken by HTTP Basic; a token as the password always is",
      fr: "si le mot de passe d'un compte est accepté par HTTP Basic ; un jeton comme mot de passe l'est toujours",
    },
  },
  ETALON_PUBLIC_URL: {
    schema: httpUrl.transform((text) => text.replace(/\/$/, "")).optional(),
    expected: "https://etalon.example.org/path",
    fallback: "—",
    help: {
      en: "address that people reach the server under, with the base path; OIDC comes back to it",
      fr: "adresse sous laquelle le serveur est atteint, chemin compris ; OIDC y revient",
    },
  },
  ETALON_SHARE_MAX_DAYS: {
    schema: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .pipe(z.number().min(1).max(366))
      .default(30),
    expected: "1..366",
    fallback: "30",
    help: {
      en: "days that a share link is good for, at most",
      fr: "durée maximale d'un lien de partage, en jours",
    },
  },
  ETALON_OIDC_ISSUER: {
    schema: httpUrl.optional(),
    expected: "https://login.example.org/realms/hospital",
    fallback: "—",
    help: {
      en: "identity provider (OpenID Connect) that people sign in with; https except on the loopback address",
      fr: "fournisseur d'identité (OpenID Connect) pour se connecter ; https sauf sur l'adresse de boucle locale",
    },
  },
  ETALON_OIDC_CLIENT_ID: {
    schema: z.string().optional(),
    expected: "text",
    fallback: "—",
    help: { en: "name of this server at the provider", fr: "nom de ce serveur chez le fournisseur" },
  },
  ETALON_OIDC_CLIENT_SECRET: {
    schema: z.string().optional(),
    expected: "text",
    fallback: "—",
    help: { en: "its secret at the provider", fr: "son secret chez le fournisseur" },
    isSecret: true,
  },
  ETALON_OIDC_ROLE_CLAIM: {
    schema: z.string().default("groups"),
    expected: "name",
    fallback: "groups",
    help: {
      en: "claim that holds a person's groups or roles",
      fr: "revendication qui contient les groupes ou rôles d'une personne",
    },
  },
  ETALON_OIDC_ROLES: {
    schema: z
      .string()
      .transform(readRoleMap)
      .refine((map) => map !== undefined)
      .optional(),
    expected: "radiology=radiologist,it=administrator",
    fallback: "—",
    help: {
      en: "role of each group, the first that fits; who is in none of them is refused",
      fr: "rôle de chaque groupe, le premier qui convient ; qui n'est d'aucun est refusé",
    },
  },
} as const satisfies Readonly<Record<string, Setting>>;
