import { defineTexts } from "../text/define-texts.ts";

/** Texts of the page that a share's link opens. */
export const shareTexts = defineTexts(
  {
    title: "Medical images shared with you",
    notice: "Shared with you: to look at",
    noticeMore:
      "What you measure here is yours alone and is gone with this page. Nothing is changed, signed or sent. Each opening is written down.",
    password: "Whoever sent you this link has given you a password, by another way.",
    passwordField: "Password",
    open: "Open",
    loading: "Opening …",
    "wrong-password": "This is not the password.",
    "too-many": "Too many tries. Try again in a quarter of an hour.",
    ended: "This link has expired or was withdrawn. Ask who sent it for a new one.",
    unknown: "This link leads nowhere. It may be incomplete: copy the whole of it, or ask who sent it.",
    "without-identity":
      "These images are shared without identity: they are made while they are downloaded, and cannot be shown here.",
    unreachable: "The server does not answer at the moment. Try again in a minute.",
    tryAgain: "Try again",
    download: "To the download",
  },
  {
    title: "Des images médicales partagées avec vous",
    notice: "Partagé avec vous : en lecture",
    noticeMore:
      "Ce que vous mesurez ici n’est qu’à vous et disparaît avec cette page. Rien n’est modifié, signé ni envoyé. Chaque ouverture est consignée.",
    password: "La personne qui vous a envoyé ce lien vous a donné un mot de passe, par une autre voie.",
    passwordField: "Mot de passe",
    open: "Ouvrir",
    loading: "Ouverture…",
    "wrong-password": "Ce n’est pas le mot de passe.",
    "too-many": "Trop d’essais. Réessayez dans un quart d’heure.",
    ended: "Ce lien a expiré ou a été retiré. Demandez-en un nouveau à la personne qui l’a envoyé.",
    unknown:
      "Ce lien ne mène nulle part. Il est peut-être incomplet : copiez-le en entier, ou demandez à la personne qui l’a envoyé.",
    "without-identity":
      "Ces images sont partagées sans identité : elles sont préparées au moment du téléchargement et ne peuvent être montrées ici.",
    unreachable: "Le serveur ne répond pas pour le moment. Réessayez dans une minute.",
    tryAgain: "Réessayer",
    download: "Vers le téléchargement",
  },
);
