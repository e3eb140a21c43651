import { notAMedicalDevice, type Text } from "@etalon/base";

/** What `etalon --help` prints. */
export const helpText: Text = {
  en: `Etalon turns a scan into a number that anyone can replay. ${notAMedicalDevice.en} For research and evaluation.

  etalon analyze <path…>            measure a study: folder, file, ZIP or DICOMDIR; etalon measure is the same
      --protocol ID                 default coronary/calcium-score; see: etalon protocols
      --marks FILE                  the reader's regions (etalon.marks/1 to /3)
      --set name=value              a parameter, as often as needed; --set name-source="…" says why
      --value name=quantity         a number the protocol asks for, such as peak-systolic-velocity=60cm/s
      --choose "UID=sha256 why"     which of several versions of one object, and why
      --choose role=series          which of several series; series@3: phase 3 of a cine
      --register rigid              moves images of maps and perfusion onto each other before the fit (elastix)
      --role role=FILE              the images of an input, named by hand (DICOM, .nii, .nii.gz); FILE@3: volume 3
      --facts FILE                  what is known of the person (etalon.facts/1): verdicts of published guidance
      --format json,html,pdf,sr,seg,fhir,csv,nifti,pm   documents and maps to write
      --indication "…"              why the examination was asked for
      --show ethnicity              let the report draw the percentile curves of the person's own MESA table
      --out DIR                     where result.json, the pictures and the documents go
  etalon decide --facts FILE        verdicts on facts alone; --pack ID keeps those of one pack
  etalon explain RULE               what a rule (or a pack) says, when, and on whose authority
  etalon ledger <path…>             what was received, where each file went and why
  etalon protocols                  what can be measured, with parameters and sources
  etalon verify RESULT <path…>      compute a result again from the images
  etalon compare EARLIER LATER      two results of one protocol: each change against its published repeatability
      --earlier-study PATH --later-study PATH   the images, to check patient and dates;  --dates 2026-01-31,2026-03-02
      --accept parameter            compare in spite of it, without conclusion;  --context myocarditis|covid
      --format html,pdf --out DIR   documents
  etalon phantom KIND DIR           write a synthetic study with known truth
      --thickness --increment --kvp --seed
  etalon deidentify <path…>         write files without identity (DICOM PS3.15 annex E)
      --profile basic               --options clean-descriptors,retain-longitudinal-modified-dates,…
      --key FILE                    the secret behind pseudonyms, UIDs and dates: same key, same pseudonyms
      --blank "c,r,columns,rows;…"  pixels to blacken;  --pixels accept: someone looked, no text in them
      --out DIR --report FILE       the files, and what was changed in each
  etalon view <path…>               opens images in the browser, on this machine alone: no server, no upload
  etalon serve                      the archive: DICOMweb and DICOM, its own database; settings: etalon serve --help
  etalon backup FOLDER              everything of the archive, into a folder
  etalon restore FOLDER             an archive of a backup, where there is none yet
  etalon verify-audit               the audit log: which rows were changed, removed or inserted

  everywhere: --lang fr|en   --json (one JSON document on standard output)
  exit codes: 0 done   2 usage   3 input refused   4 verification differs
`,
  fr: `Etalon tire d'un examen un nombre que chacun peut recalculer. ${notAMedicalDevice.fr} Recherche et évaluation.

  etalon analyze <chemin…>          mesurer un examen : dossier, fichier, ZIP ou DICOMDIR ; etalon measure est synonyme
      --protocol ID                 par défaut coronary/calcium-score ; voir : etalon protocols
      --marks FICHIER               les régions du lecteur (etalon.marks/1 à /3)
      --set nom=valeur              un paramètre, autant de fois que nécessaire ; --set nom-source="…" dit pourquoi
      --value nom=grandeur          un nombre que demande le protocole, ex. peak-systolic-velocity=60cm/s
      --choose "UID=sha256 motif"   quelle version d'un même objet, et pourquoi
      --choose rôle=série           quelle série ; série@3 : la phase 3 d'un ciné
      --register rigid              recale les images de cartographie et de perfusion avant l'ajustement (elastix)
      --role rôle=FICHIER           les images d'une entrée, désignées à la main (DICOM, .nii, .nii.gz) ; FICHIER@3 : volume 3
      --facts FICHIER               ce qu'on sait de la personne (etalon.facts/1) : avis des recommandations publiées
      --format json,html,pdf,sr,seg,fhir,csv,nifti,pm   documents et cartes à écrire
      --indication "…"              pourquoi l'examen a été demandé
      --show ethnicity              tracer les percentiles de la table MESA propre à la personne
      --out DOSSIER                 où écrire result.json, les images et les documents
  etalon decide --facts FICHIER     avis sur les faits seuls ; --pack ID ne garde qu'un paquet
  etalon explain RÈGLE              ce que dit une règle (ou un paquet), quand, et sur quelle autorité
  etalon ledger <chemin…>           ce qui a été reçu, la place de chaque fichier et pourquoi
  etalon protocols                  ce qui se mesure, avec paramètres et sources
  etalon verify RÉSULTAT <chemin…>  recalculer un résultat à partir des images
  etalon compare AVANT APRÈS        deux résultats d'un protocole : chaque variation face à sa répétabilité publiée
      --earlier-study CHEMIN --later-study CHEMIN   les images, pour vérifier patient et dates ;  --dates 2026-01-31,2026-03-02
      --accept paramètre            comparer malgré lui, sans conclure ;  --context myocarditis|covid
      --format html,pdf --out DOSSIER   documents
  etalon phantom TYPE DOSSIER       écrire un examen synthétique dont la vérité est connue
      --thickness --increment --kvp --seed
  etalon deidentify <chemin…>       écrire des fichiers sans identité (DICOM PS3.15 annexe E)
      --profile basic               --options clean-descriptors,retain-longitudinal-modified-dates,…
      --key FICHIER                 le secret des pseudonymes, UID et dates : même clé, mêmes pseudonymes
      --blank "c,l,colonnes,lignes;…"  pixels à noircir ;  --pixels accept : vérifié, aucun texte incrusté
      --out DOSSIER --report FICHIER   les fichiers, et ce qui a été modifié dans chacun
  etalon view <chemin…>             ouvre des images dans le navigateur, sur cette machine seule : ni serveur, ni envoi
  etalon serve                      l'archive : DICOMweb et DICOM, sa propre base ; réglages : etalon serve --help
  etalon backup DOSSIER             tout le contenu de l'archive, dans un dossier
  etalon restore DOSSIER            une archive à partir d'une sauvegarde, là où il n'y en a pas encore
  etalon verify-audit               le journal d'audit : quelles lignes ont été modifiées, supprimées ou insérées

  partout : --lang fr|en   --json (un seul document JSON sur la sortie standard)
  codes de sortie : 0 fait   2 usage   3 entrée refusée   4 vérification différente
`,
};
