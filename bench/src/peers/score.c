/*
 * The scoring task of the benchmark in C: the twin that says what the machine can do.
 * Same method as packages/kernels: runs of bright voxels, union-find over runs.
 *
 *   score <volume.txt> <volume.raw>     then one command a line: score | slabs
 *
 * Answers each command with one line of JSON. Built by the benchmark with cc -O3 -march=native.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_REGIONS = 64 };
static const double THRESHOLD = 130.0, MINIMUM_AREA = 1.0, REFERENCE_MM = 3.0, EDGE_TOLERANCE_MM = 0.01;

typedef struct { double x, y, z; } Vec;

typedef struct {
  int columns, rows, slices;
  double rowSpacing, columnSpacing;
  Vec u, v;
  Vec *origins;       /* one per slice */
  double *increments; /* one per slice, mm */
  const int16_t *ints;   /* either */
  const float *floats;   /* or */
} Volume;

typedef struct { int site; Vec centre; double radius; } Sphere;
typedef struct { int32_t z, y, start, end; } Run;
typedef struct { double agatston, volume, density; int64_t sliceLesions, lesions; } Sum;

static Sphere spheres[MAX_REGIONS];
static char siteNames[MAX_REGIONS][64];
static int sphereCount, siteCount;

static void *take(size_t bytes) {
  void *p = malloc(bytes ? bytes : 1);
  if (!p) { fputs("out of memory\n", stderr); exit(1); }
  return p;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int32_t root(int32_t *parents, int32_t i) {
  while (parents[i] != i) { parents[i] = parents[parents[i]]; i = parents[i]; }
  return i;
}

static inline void unite(int32_t *parents, int32_t a, int32_t b) {
  int32_t p = root(parents, a), q = root(parents, b);
  if (p < q) parents[q] = p; else if (q < p) parents[p] = q;
}

/* Numbers roots in scan order; a root is never after its members. */
static int32_t number(int32_t *parents, int32_t count, int32_t *labels) {
  int32_t next = 0;
  for (int32_t i = 0; i < count; i++) {
    int32_t top = root(parents, i);
    labels[i] = top == i ? next++ : labels[top];
  }
  return next;
}

#define DEFINE_VOXEL_LOOPS(T, SUFFIX)                                                                                  \
  static Run *findRuns_##SUFFIX(const T *values, const Volume *vol, int32_t *count, int32_t *rowOffsets) {             \
    int32_t capacity = 4096, n = 0;                                                                                    \
    Run *runs = take(sizeof(Run) * (size_t)capacity);                                                                  \
    const T threshold = (T)THRESHOLD;                                                                                  \
    const T *line = values;                                                                                            \
    int32_t at = 0;                                                                                                    \
    for (int z = 0; z < vol->slices; z++) {                                                                            \
      for (int y = 0; y < vol->rows; y++, line += vol->columns) {                                                      \
        rowOffsets[at++] = n;                                                                                          \
        for (int x = 0; x < vol->columns;) {                                                                           \
          if (!(line[x] >= threshold)) { x++; continue; }                                                              \
          int first = x++;                                                                                             \
          while (x < vol->columns && line[x] >= threshold) x++;                                                        \
          if (n == capacity) {                                                                                         \
            capacity *= 2;                                                                                             \
            runs = realloc(runs, sizeof(Run) * (size_t)capacity);                                                      \
            if (!runs) exit(1);                                                                                        \
          }                                                                                                            \
          runs[n++] = (Run){z, y, first, x - 1};                                                                       \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
    rowOffsets[at] = n;                                                                                                \
    *count = n;                                                                                                        \
    return runs;                                                                                                       \
  }                                                                                                                    \
  static void measureRun_##SUFFIX(const T *line, const Run *run, double *peak, double *sum) {                          \
    double p = *peak, s = *sum;                                                                                        \
    for (int x = run->start; x <= run->end; x++) {                                                                     \
      s += line[x];                                                                                                    \
      if (line[x] > p) p = line[x];                                                                                    \
    }                                                                                                                  \
    *peak = p;                                                                                                         \
    *sum = s;                                                                                                          \
  }

DEFINE_VOXEL_LOOPS(int16_t, int)
DEFINE_VOXEL_LOOPS(float, float)

/* Joins the runs of two rows that touch, diagonals included, where their groups agree. */
static void joinRows(const Run *runs, int32_t *parents, const int32_t *groups, int32_t a, int32_t aEnd, int32_t b,
                     int32_t bEnd) {
  while (a < aEnd && b < bEnd) {
    if (runs[a].end + 1 < runs[b].start) { a++; continue; }
    if (runs[b].end + 1 < runs[a].start) { b++; continue; }
    if (!groups || groups[a] == groups[b]) unite(parents, a, b);
    if (runs[a].end < runs[b].end) a++; else b++;
  }
}

static int weightOf(double peak) { return (peak >= 130) + (peak >= 200) + (peak >= 300) + (peak >= 400); }

static int siteOf(const Volume *vol, int z, double column, double row) {
  double across = column * vol->columnSpacing, down = row * vol->rowSpacing;
  double x = vol->origins[z].x + across * vol->u.x + down * vol->v.x;
  double y = vol->origins[z].y + across * vol->u.y + down * vol->v.y;
  double w = vol->origins[z].z + across * vol->u.z + down * vol->v.z;
  for (int i = 0; i < sphereCount; i++) {
    double dx = x - spheres[i].centre.x, dy = y - spheres[i].centre.y, dz = w - spheres[i].centre.z;
    if (dx * dx + dy * dy + dz * dz <= spheres[i].radius * spheres[i].radius) return spheres[i].site;
  }
  return -1;
}

static void score(const Volume *vol, Sum *sums) {
  int32_t count;
  size_t lines = (size_t)vol->slices * (size_t)vol->rows;
  int32_t *rowOffsets = take(sizeof(int32_t) * (lines + 1));
  Run *runs = vol->ints ? findRuns_int(vol->ints, vol, &count, rowOffsets)
                        : findRuns_float(vol->floats, vol, &count, rowOffsets);
  int32_t *parents = take(sizeof(int32_t) * (size_t)count), *plane = take(sizeof(int32_t) * (size_t)count);
  for (int32_t i = 0; i < count; i++) parents[i] = i;
  for (size_t line = 1; line < lines; line++)
    if (line % (size_t)vol->rows)
      joinRows(runs, parents, NULL, rowOffsets[line - 1], rowOffsets[line], rowOffsets[line], rowOffsets[line + 1]);
  int32_t found = number(parents, count, plane);

  size_t n = (size_t)found;
  double *peak = take(sizeof(double) * n), *sum = take(sizeof(double) * n);
  double *cx = take(sizeof(double) * n), *cy = take(sizeof(double) * n);
  int32_t *pixels = take(sizeof(int32_t) * n), *slice = take(sizeof(int32_t) * n), *site = take(sizeof(int32_t) * n);
  for (size_t c = 0; c < n; c++) { peak[c] = -INFINITY; sum[c] = cx[c] = cy[c] = 0; pixels[c] = 0; }
  for (int32_t r = 0; r < count; r++) {
    const Run *run = &runs[r];
    int32_t c = plane[r];
    size_t base = ((size_t)run->z * (size_t)vol->rows + (size_t)run->y) * (size_t)vol->columns;
    if (vol->ints) measureRun_int(vol->ints + base, run, &peak[c], &sum[c]);
    else measureRun_float(vol->floats + base, run, &peak[c], &sum[c]);
    int length = run->end - run->start + 1;
    pixels[c] += length;
    slice[c] = run->z;
    cx[c] += length * (run->start + run->end) / 2.0;
    cy[c] += (double)length * run->y;
  }
  for (size_t c = 0; c < n; c++) site[c] = siteOf(vol, slice[c], cx[c] / pixels[c], cy[c] / pixels[c]);

  int32_t *groups = take(sizeof(int32_t) * (size_t)count), *space = take(sizeof(int32_t) * (size_t)count);
  for (int32_t r = 0; r < count; r++) { groups[r] = site[plane[r]]; parents[r] = r; }
  for (size_t line = 0; line < lines; line++) {
    int32_t from = rowOffsets[line], to = rowOffsets[line + 1];
    if (from == to) continue;
    int y = (int)(line % (size_t)vol->rows);
    if (y) joinRows(runs, parents, groups, rowOffsets[line - 1], from, from, to);
    if (line < (size_t)vol->rows) continue;
    for (int dy = -1; dy <= 1; dy++) {
      if (y + dy < 0 || y + dy >= vol->rows) continue;
      size_t other = line - (size_t)vol->rows + (size_t)(dy + 1) - 1;
      joinRows(runs, parents, groups, rowOffsets[other], rowOffsets[other + 1], from, to);
    }
  }
  int32_t lesions = number(parents, count, space);

  uint8_t *counted = take((size_t)lesions);
  memset(counted, 0, (size_t)lesions);
  double pixelArea = vol->rowSpacing * vol->columnSpacing;
  memset(sums, 0, sizeof(Sum) * MAX_REGIONS);
  int32_t *lesion = take(sizeof(int32_t) * n);
  for (int32_t r = 0; r < count; r++) lesion[plane[r]] = space[r];
  for (size_t c = 0; c < n; c++) {
    double area = pixels[c] * pixelArea;
    if (area < MINIMUM_AREA || site[c] < 0) continue;
    double increment = vol->increments[slice[c]];
    Sum *at = &sums[site[c]];
    at->agatston += area * weightOf(peak[c]) * (increment / REFERENCE_MM);
    at->volume += area * increment;
    at->density += sum[c] * pixelArea * increment;
    at->sliceLesions++;
    if (!counted[lesion[c]]) { counted[lesion[c]] = 1; at->lesions++; }
  }
  free(runs); free(rowOffsets); free(parents); free(plane); free(peak); free(sum); free(cx); free(cy); free(pixels);
  free(slice); free(site); free(groups); free(space); free(counted); free(lesion);
}

/* Averages axial slices to slabs of 3 mm, each slice weighted by its overlap. The caller frees what it points to. */
static Volume averageToSlabs(const Volume *vol) {
  size_t voxels = (size_t)vol->rows * (size_t)vol->columns;
  int n = vol->slices;
  double *edges = take(sizeof(double) * (size_t)(n + 1));
  edges[0] = vol->origins[0].z - vol->increments[0] / 2;
  for (int k = 1; k < n; k++) edges[k] = (vol->origins[k - 1].z + vol->origins[k].z) / 2;
  edges[n] = vol->origins[n - 1].z + vol->increments[n - 1] / 2;
  int capacity = (int)ceil((edges[n] - edges[0]) / REFERENCE_MM) + 1;
  Volume out = *vol;
  float *values = take(sizeof(float) * voxels * (size_t)capacity);
  out.ints = NULL;
  out.floats = values;
  out.origins = take(sizeof(Vec) * (size_t)capacity);
  out.increments = take(sizeof(double) * (size_t)capacity);
  out.slices = 0;
  double *sums = take(sizeof(double) * voxels);
  double low = edges[0];
  int k = 0;
  for (int s = 1; low < edges[n] - EDGE_TOLERANCE_MM; s++) {
    double high = fmin(edges[0] + s * REFERENCE_MM, edges[n]), extent = 0;
    memset(sums, 0, sizeof(double) * voxels);
    for (; k < n; k++) {
      if (fabs(edges[k + 1] - high) <= EDGE_TOLERANCE_MM) high = edges[k + 1];
      double overlap = fmin(edges[k + 1], high) - fmax(edges[k], low);
      const int16_t *source = vol->ints + (size_t)k * voxels;
      for (size_t v = 0; v < voxels; v++) sums[v] += overlap * source[v];
      extent += overlap;
      if (edges[k + 1] > high) break;
      if (edges[k + 1] == high) { k++; break; }
    }
    float *target = values + (size_t)out.slices * voxels;
    for (size_t v = 0; v < voxels; v++) target[v] = (float)(sums[v] / extent);
    out.origins[out.slices] = vol->origins[0];
    out.origins[out.slices].z = (low + high) / 2;
    out.increments[out.slices++] = high - low;
    low = high;
  }
  free(sums);
  free(edges);
  return out;
}

static double readNumber(FILE *file) {
  double value;
  if (fscanf(file, "%lf", &value) != 1) { fputs("bad volume.txt\n", stderr); exit(1); }
  return value;
}

static Vec readVec(FILE *file) {
  double x = readNumber(file), y = readNumber(file), z = readNumber(file);
  return (Vec){x, y, z};
}

static Volume readVolume(const char *text, const char *raw) {
  Volume vol = {0};
  FILE *file = fopen(text, "r");
  if (!file) { perror(text); exit(1); }
  vol.columns = (int)readNumber(file);
  vol.rows = (int)readNumber(file);
  vol.slices = (int)readNumber(file);
  vol.rowSpacing = readNumber(file);
  vol.columnSpacing = readNumber(file);
  vol.u = readVec(file);
  vol.v = readVec(file);
  vol.origins = take(sizeof(Vec) * (size_t)vol.slices);
  vol.increments = take(sizeof(double) * (size_t)vol.slices);
  for (int k = 0; k < vol.slices; k++) { vol.origins[k] = readVec(file); vol.increments[k] = readNumber(file); }
  sphereCount = (int)readNumber(file);
  for (int i = 0; i < sphereCount; i++) {
    char name[64];
    if (fscanf(file, "%63s", name) != 1) exit(1);
    int site = 0;
    while (site < siteCount && strcmp(siteNames[site], name)) site++;
    if (site == siteCount) strcpy(siteNames[siteCount++], name);
    spheres[i].site = site;
    spheres[i].centre = readVec(file);
    spheres[i].radius = readNumber(file);
  }
  fclose(file);
  size_t length = (size_t)vol.columns * (size_t)vol.rows * (size_t)vol.slices;
  int16_t *values = take(length * 2);
  file = fopen(raw, "rb");
  if (!file || fread(values, 2, length, file) != length) { perror(raw); exit(1); }
  fclose(file);
  vol.ints = values;
  return vol;
}

int main(int argc, char **argv) {
  if (argc != 3) { fputs("usage: score volume.txt volume.raw\n", stderr); return 2; }
  Volume vol = readVolume(argv[1], argv[2]);
  char command[64];
  Sum sums[MAX_REGIONS];
  while (fgets(command, sizeof command, stdin)) {
    command[strcspn(command, "\n")] = 0;
    double before = seconds();
    if (!strcmp(command, "slabs")) {
      Volume slabs = averageToSlabs(&vol);
      score(&slabs, sums);
      free((void *)slabs.floats); free(slabs.origins); free(slabs.increments);
    } else if (!strcmp(command, "score")) {
      score(&vol, sums);
    } else {
      fprintf(stderr, "unknown command %s\n", command);
      return 2;
    }
    double taken = seconds() - before;
    printf("{\"seconds\":%.9f,\"sites\":[", taken);
    for (int s = 0; s < siteCount; s++)
      printf("%s{\"label\":\"%s\",\"agatston\":%.17g,\"volumeMm3\":%.17g,\"densityVolume\":%.17g,\"sliceLesions\":%lld,"
             "\"lesions\":%lld}",
             s ? "," : "", siteNames[s], sums[s].agatston, sums[s].volume, sums[s].density,
             (long long)sums[s].sliceLesions, (long long)sums[s].lesions);
    puts("]}");
    fflush(stdout);
  }
  return 0;
}
