import type { ErrorRow } from "./error-row.ts";

/** The rows of {@link errorTable} that only the server's process and its database throw. */
export const serverErrorRows = {
  // Server: configuration and database
  "setting-invalid": {
    kind: "usage",
    en: "{field} must be {expected}, got {received}",
    fr: "{field} doit être {expected}, reçu {received}",
  },
  "data-folder-in-use": {
    kind: "usage",
    en: "{field} is in use by another Etalon (process {received}): stop it, or give this one another ETALON_DATA",
    fr: "{field} est utilisé par un autre Etalon (processus {received}) : l'arrêter, ou donner à celui-ci un autre ETALON_DATA",
  },
  "data-folder-unusable": {
    kind: "input",
    en: "{field} cannot hold the archive's data: {received}",
    fr: "{field} ne peut pas contenir les données de l'archive : {received}",
  },
  "postgres-absent": {
    kind: "input",
    en: "no PostgreSQL was found for {received}: {field} can name one that runs elsewhere",
    fr: "aucun PostgreSQL trouvé pour {received} : {field} peut en désigner un qui tourne ailleurs",
  },
  "postgres-failed": {
    kind: "input",
    en: "the embedded PostgreSQL cannot run: {field}: {received}",
    fr: "le PostgreSQL embarqué ne peut pas tourner : {field} : {received}",
  },
  "postgres-version": {
    kind: "input",
    en: "{field} was written by PostgreSQL {received}, this is {expected}: dump it with the one and restore it with the other",
    fr: "{field} a été écrit par PostgreSQL {received}, celui-ci est {expected} : exporter avec l'un et restaurer avec l'autre",
  },
  "database-unreachable": {
    kind: "input",
    en: "the database at {field} does not answer: {received}",
    fr: "la base de données {field} ne répond pas : {received}",
  },
  "database-unusable": {
    kind: "input",
    en: "the database has {field} {received}, {expected} is needed",
    fr: "la base de données a {field} {received}, il faut {expected}",
  },
  "database-newer": {
    kind: "input",
    en: "the database was migrated by a newer Etalon (it has {received}): this one leaves it alone",
    fr: "la base de données a été migrée par un Etalon plus récent (elle contient {received}) : celui-ci n'y touche pas",
  },
  "migration-failed": {
    kind: "input",
    en: "migration {field} failed and changed nothing: {received}",
    fr: "la migration {field} a échoué et n'a rien changé : {received}",
  },
  "port-in-use": {
    kind: "usage",
    en: "{field}: {received} cannot be listened on ({reason})",
    fr: "{field} : impossible d'écouter sur {received} ({reason})",
  },
  "host-not-allowed": {
    kind: "usage",
    en: "{received} is not a name of this machine: an archive that listens on the loopback address answers to that only (a proxy is named in ETALON_TRUSTED_PROXY)",
    fr: "{received} n'est pas un nom de cette machine : une archive qui écoute sur l'adresse de boucle locale ne répond qu'à celle-ci (un mandataire se nomme dans ETALON_TRUSTED_PROXY)",
  },
  "nothing-here": {
    kind: "usage",
    en: "nothing at this address answers to {field}",
    fr: "rien à cette adresse ne répond à {field}",
  },
  "worklist-item-not-found": {
    kind: "input",
    en: "{field} is not in the worklist",
    fr: "{field} n'est pas dans la liste de travail",
  },
  "hl7-refused": {
    kind: "input",
    en: "the message cannot be taken: {field}: {received}",
    fr: "le message ne peut pas être accepté : {field} : {received}",
  },
  "server-absent": {
    kind: "usage",
    en: "{field} is not part of this package: start it from a clone of the project, with npm start",
    fr: "{field} ne fait pas partie de ce paquet : le lancer depuis un clone du projet, avec npm start",
  },
  // Server: analyses and results
  "series-not-found": {
    kind: "usage",
    en: "no series {field} is in the archive",
    fr: "aucune série {field} n'est dans l'archive",
  },
  "analysis-not-found": {
    kind: "usage",
    en: "there is no analysis {field}",
    fr: "il n'y a pas d'analyse {field}",
  },
  "analysis-ended": {
    kind: "usage",
    en: "analysis {field} has ended already: {received}",
    fr: "l'analyse {field} est déjà terminée : {received}",
  },
  "result-not-found": {
    kind: "usage",
    en: "there is no result {field}",
    fr: "il n'y a pas de résultat {field}",
  },
  // Server: readings and signatures
  "reading-not-found": {
    kind: "usage",
    en: "nothing was read here yet: {field}",
    fr: "rien n'a encore été lu ici : {field}",
  },
  "precondition-needed": {
    kind: "usage",
    en: "the version that this was written on is missing: {field}",
    fr: "la version sur laquelle ceci a été écrit manque : {field}",
  },
  "reading-stale": {
    kind: "usage",
    en: "{field} was changed meanwhile by somebody else: what was written is not lost, look at both versions",
    fr: "{field} a été modifié entre-temps par quelqu'un d'autre : rien n'est perdu, comparer les deux versions",
  },
  "reading-signed": {
    kind: "usage",
    en: "{field} is signed: it can be completed by an addendum, and not be changed",
    fr: "{field} est signé : on peut y ajouter un additif, mais pas le modifier",
  },
  "reading-not-signed": {
    kind: "usage",
    en: "{field} is not signed yet: it can still be changed",
    fr: "{field} n'est pas encore signé : on peut encore le modifier",
  },
  "reading-not-run": {
    kind: "usage",
    en: "the numbers of {field} have not been computed for this version",
    fr: "les nombres de {field} n'ont pas été calculés pour cette version",
  },
  "signing-under-way": {
    kind: "usage",
    en: "{field} is being signed: its numbers are computed again at this moment",
    fr: "{field} est en cours de signature : ses nombres sont recalculés en ce moment",
  },
  "digest-differs": {
    kind: "usage",
    en: "the server computed another result of {field} than the page shows: nothing was signed",
    fr: "le serveur a calculé un autre résultat de {field} que celui affiché : rien n'a été signé",
  },
  "result-provisional": {
    kind: "usage",
    en: "{field} still needs a reader's marks: a provisional number cannot be signed",
    fr: "{field} attend encore les marques d'un lecteur : un nombre provisoire ne peut pas être signé",
  },
  "reading-refused": {
    kind: "usage",
    en: "{field} could not be computed for the signature: {received}",
    fr: "{field} n'a pas pu être calculé pour la signature : {received}",
  },
  "signer-unknown": {
    kind: "usage",
    en: "a signature needs a name: sign in with an account of your own",
    fr: "une signature demande un nom : se connecter avec son propre compte",
  },
  "fact-not-kept": {
    kind: "usage",
    en: "{field} is never kept: it is given with the request that needs it",
    fr: "{field} n'est jamais conservé : il se donne avec la requête qui en a besoin",
  },
  "worker-ended": {
    kind: "input",
    en: "the process that computed {field} ended before its result: {received}",
    fr: "le processus qui calculait {field} s'est terminé avant son résultat : {received}",
  },
  "memory-exceeded": {
    kind: "input",
    en: "{field} needs more memory than {received} MB",
    fr: "{field} demande plus de mémoire que {received} Mo",
  },
  "time-exceeded": {
    kind: "input",
    en: "{field} took longer than {received} s and was ended",
    fr: "{field} a pris plus de {received} s et a été interrompu",
  },
  "server-busy": {
    kind: "input",
    en: "{field} cannot be taken up now, too much waits already; to be repeated",
    fr: "{field} ne peut être pris en charge pour l'instant, trop de travaux sont en attente ; à renouveler",
  },
  // Server: legal holds
  "hold-not-found": {
    kind: "usage",
    en: "there is no legal hold {field} in force",
    fr: "il n'y a pas d'interdiction de suppression {field} en vigueur",
  },
  "legal-hold": {
    kind: "usage",
    en: "{field} is under legal hold since {received}: nothing of it can be deleted until it is lifted",
    fr: "{field} fait l'objet d'une interdiction de suppression depuis {received} : rien ne peut en être supprimé avant sa levée",
  },
  // Server: accounts
  "not-signed-in": {
    kind: "usage",
    en: "sign in first, or show a token that is still good",
    fr: "se connecter d'abord, ou présenter un jeton encore valable",
  },
  "sign-in-refused": {
    kind: "usage",
    en: "this name and this password do not go together",
    fr: "ce nom et ce mot de passe ne vont pas ensemble",
  },
  "too-many-attempts": {
    kind: "usage",
    en: "too many attempts: try again in {received} s",
    fr: "trop de tentatives : réessayer dans {received} s",
  },
  "not-allowed": {
    kind: "usage",
    en: "this account may not do that: {field}",
    fr: "ce compte n'a pas le droit de faire cela : {field}",
  },
  "password-change-needed": {
    kind: "usage",
    en: "the one-time password must be changed first",
    fr: "le mot de passe à usage unique doit d'abord être changé",
  },
  "password-refused": {
    kind: "usage",
    en: "another password is needed: {expected}",
    fr: "un autre mot de passe est nécessaire : {expected}",
  },
  "cross-site-request": {
    kind: "usage",
    en: "the request does not come from a page of this server",
    fr: "la requête ne vient pas d'une page de ce serveur",
  },
  "account-not-found": {
    kind: "usage",
    en: "there is no account {field}",
    fr: "il n'y a pas de compte {field}",
  },
  "name-taken": {
    kind: "usage",
    en: "another account has the name {field}",
    fr: "un autre compte porte le nom {field}",
  },
  "last-administrator": {
    kind: "usage",
    en: "{field} is the last administrator who can sign in",
    fr: "{field} est le dernier administrateur qui puisse se connecter",
  },
  "token-not-found": {
    kind: "usage",
    en: "there is no token {field}",
    fr: "il n'y a pas de jeton {field}",
  },
  "grant-not-found": {
    kind: "usage",
    en: "there is no grant {field}",
    fr: "il n'y a pas d'autorisation {field}",
  },
  "study-not-found": {
    kind: "usage",
    en: "there is no study {field} that you may see",
    fr: "il n'y a pas d'examen {field} que vous puissiez voir",
  },
  "share-not-found": {
    kind: "usage",
    en: "there is no such share",
    fr: "il n'y a pas de tel partage",
  },
  "share-ended": {
    kind: "usage",
    en: "this share has ended: {received}",
    fr: "ce partage a pris fin : {received}",
  },
  "project-not-found": {
    kind: "usage",
    en: "there is no project {field}",
    fr: "il n'y a pas de projet {field}",
  },
  "patient-not-found": {
    kind: "usage",
    en: "there is no such patient here",
    fr: "il n'y a pas de tel patient ici",
  },
  "link-used": {
    kind: "usage",
    en: "this link was used already, or its time is over",
    fr: "ce lien a déjà servi, ou son délai est passé",
  },
  "oidc-refused": {
    kind: "usage",
    en: "the identity provider's answer was refused ({field})",
    fr: "la réponse du fournisseur d'identité a été refusée ({field})",
  },
  "oidc-unavailable": {
    kind: "input",
    en: "the identity provider {field} cannot be reached",
    fr: "le fournisseur d'identité {field} est injoignable",
  },
  // Server: backup
  "backup-incomplete": {
    kind: "input",
    en: "the backup is not whole: {field} ({received})",
    fr: "la sauvegarde n'est pas entière : {field} ({received})",
  },
  "backup-newer": {
    kind: "input",
    en: "{field} was backed up by a newer Etalon (it has {received})",
    fr: "{field} a été sauvegardé par un Etalon plus récent (il contient {received})",
  },
  "archive-not-empty": {
    kind: "usage",
    en: "a backup is restored where there is no archive yet: there is one here ({field}: {received})",
    fr: "une sauvegarde se restaure là où il n'y a pas encore d'archive : il y en a une ici ({field} : {received})",
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;
