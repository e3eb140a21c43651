import type { KeywordRecord } from "@etalon/dicom";
import type { KeyImage, ReportInput } from "../report-input.ts";
import { codeItem, dcm } from "./coded-concept.ts";
import { commonModules, contentDate } from "./common-modules.ts";
import { type DicomObject, nameObject } from "./dicom-object.ts";
import { sopReference } from "./measured-sources.ts";
import { protocolConcepts } from "./protocol-concepts.ts";
import { siteConcept } from "./site-concept.ts";

const secondaryCaptureStorage = "1.2.840.10008.5.1.4.1.1.7";

/**
 * A key image as a Secondary Capture (PS3.3 A.8.1), RGB of 8 bits, with a reference to the image it was cut from where the
 * input knows it. All key images of a report lie in one series, in the order of the input.
 *
 * @param image one of the input's key images
 */
export function secondaryCapture(image: KeyImage, input: ReportInput): DicomObject {
  const source = input.sources?.find(({ sopInstanceUid }) => sopInstanceUid === image.sourceSopInstanceUid);
  const region = image.site === undefined ? null : siteConcept(image.site);
  const shown = [image.item, image.site].filter((part) => part !== undefined);
  return nameObject({
    ...commonModules("key-images", input),
    SOPClassUID: secondaryCaptureStorage,
    ...contentDate(input),
    InstanceNumber: input.keyImages.findIndex(({ id }) => id === image.id) + 1,
    ConversionType: "WSD",
    ImageType: ["DERIVED", "SECONDARY"],
    PatientOrientation: null,
    ...bodyPart(input.result.protocol.id),
    ImageComments: shown.length === 0 ? undefined : shown.join(", "),
    BurnedInAnnotation: "NO",
    AnatomicRegionSequence: region === null ? undefined : [codeItem(region)],
    SourceImageSequence:
      source === undefined
        ? undefined
        : [
            {
              ...sopReference(source),
              PurposeOfReferenceCodeSequence: [codeItem(dcm("121322", "Source image for image processing operation"))],
            },
          ],
    SamplesPerPixel: 3,
    PhotometricInterpretation: "RGB",
    PlanarConfiguration: 0,
    Rows: image.height,
    Columns: image.width,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    LossyImageCompression: "00",
    PixelData: image.rgb,
  });
}

/** The body part where the protocol names one, which is then not one of a pair; otherwise the side is not known. */
function bodyPart(protocolId: string): KeywordRecord {
  const { bodyPartExamined } = protocolConcepts(protocolId);
  return bodyPartExamined === undefined ? { Laterality: null } : { BodyPartExamined: bodyPartExamined };
}
