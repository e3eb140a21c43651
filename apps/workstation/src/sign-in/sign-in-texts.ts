import { defineTexts } from "../text/define-texts.ts";

/** Texts of the sign-in page. */
export const signInTexts = defineTexts(
  {
    title: "Sign in",
    name: "Name",
    password: "Password",
    enter: "Sign in",
    refused: "Name and password do not go together.",
    first:
      "The first time: name and one-time password stand in the terminal that started the server, with a link that opens signed in.",
    newTitle: "Choose a password of your own",
    newWhy: "The one-time password opens nothing before it is changed.",
    current: "One-time password",
    newPassword: "New password",
    newHint: "12 characters at least; a sentence is good.",
    change: "Change, then sign in",
  },
  {
    title: "Connexion",
    name: "Identifiant",
    password: "Mot de passe",
    enter: "Se connecter",
    refused: "L’identifiant et le mot de passe ne vont pas ensemble.",
    first:
      "La première fois : l’identifiant et le mot de passe à usage unique sont affichés dans le terminal qui a lancé le serveur, avec un lien qui ouvre une session.",
    newTitle: "Choisissez votre mot de passe",
    newWhy: "Le mot de passe à usage unique n’ouvre rien avant d’être changé.",
    current: "Mot de passe à usage unique",
    newPassword: "Nouveau mot de passe",
    newHint: "12 caractères au moins ; une phrase convient.",
    change: "Changer, puis se connecter",
  },
);
