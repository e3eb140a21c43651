import { defineTexts } from "../text/define-texts.ts";

/** Texts of the frame around everything. */
export const appTexts = defineTexts(
  {
    worklist: "Worklist",
    signOut: "Sign out",
    light: "Light theme",
    dark: "Dark theme",
    otherLanguage: "Français",
    offline:
      "The server does not answer. What you see stays as it is, nothing you drew is lost; this page goes on by itself once it is back.",
    back: "The server answers again.",
    failed: "This part of the page has stopped",
    failedWhat:
      "Nothing stored on the server is touched. Load the page again; if it happens again, tell whoever runs the server what stands below.",
    reload: "Load again",
    tryAgain: "Try again",
    loading: "Loading …",
    accountsOff: "accounts off",
    skip: "Skip to the content",
    errorOffline: "The server does not answer.",
    errorSignedOut: "Your session has ended. Sign in again.",
    errorNotAllowed: "Your account may not do this. Ask the administrator of this server.",
    errorNotThere: "This is not there, or not for your account.",
    errorTooMany: "Too many attempts. Wait a quarter of an hour.",
    errorServer: "The server could not do this. Try again; if it happens again, look into its log.",
  },
  {
    worklist: "Liste de travail",
    signOut: "Se déconnecter",
    light: "Thème clair",
    dark: "Thème sombre",
    otherLanguage: "English",
    offline:
      "Le serveur ne répond pas. Ce que vous voyez reste en place, rien de ce que vous avez tracé n’est perdu ; la page reprend d’elle-même dès son retour.",
    back: "Le serveur répond à nouveau.",
    failed: "Cette partie de la page s’est arrêtée",
    failedWhat:
      "Rien de ce qui est conservé sur le serveur n’est touché. Rechargez la page ; si cela se reproduit, transmettez ce qui suit au responsable du serveur.",
    reload: "Recharger",
    tryAgain: "Réessayer",
    loading: "Chargement…",
    accountsOff: "sans comptes",
    skip: "Aller au contenu",
    errorOffline: "Le serveur ne répond pas.",
    errorSignedOut: "Votre session est terminée. Reconnectez-vous.",
    errorNotAllowed: "Votre compte n’y est pas autorisé. Adressez-vous à l’administrateur de ce serveur.",
    errorNotThere: "Ceci n’existe pas, ou n’est pas ouvert à votre compte.",
    errorTooMany: "Trop de tentatives. Attendez un quart d’heure.",
    errorServer: "Le serveur n’a pas pu le faire. Réessayez ; si cela se reproduit, consultez son journal.",
  },
);
