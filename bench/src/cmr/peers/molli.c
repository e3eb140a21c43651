/*
 * The T1 map of MOLLI images by the same method as packages/kernels: a grid of rates, then Levenberg-Marquardt on the rate
 * alone, for both signs of the smallest magnitude. Usage: molli FILE VOXELS ROUNDS; FILE holds VOXELS x 8 floats. Prints the
 * seconds of each round, then writes the T1 of every voxel as floats to FILE.t1.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define POINTS 8
#define RATES 32
static const double times[POINTS] = {100, 180, 260, 1000, 1080, 1900, 2000, 2900};
static double rates[RATES], units[RATES][POINTS];

typedef struct { double rate, amplitude, offset, squares; } Fit;

static double step_at(const double *signal, double rate, Fit *fit) {
  double values[POINTS], slopes[POINTS], mv = 0, ms = 0, my = 0;
  for (int i = 0; i < POINTS; i++) {
    values[i] = exp(-times[i] * rate);
    slopes[i] = -times[i] * values[i];
    mv += values[i]; ms += slopes[i]; my += signal[i];
  }
  mv /= POINTS; ms /= POINTS; my /= POINTS;
  double vv = 0, vs = 0, ss = 0, vy = 0;
  for (int i = 0; i < POINTS; i++) {
    double v = values[i] - mv, s = slopes[i] - ms;
    vv += v * v; vs += v * s; ss += s * s; vy += v * (signal[i] - my);
  }
  double amplitude = vv > 0 ? vy / vv : 0, offset = my - amplitude * mv, squares = 0, sr = 0;
  for (int i = 0; i < POINTS; i++) {
    double rest = signal[i] - offset - amplitude * values[i];
    squares += rest * rest; sr += (slopes[i] - ms) * rest;
  }
  fit->rate = rate; fit->amplitude = amplitude; fit->offset = offset; fit->squares = squares;
  double curvature = amplitude * (ss - vs * vs / vv);
  return curvature == 0 || !isfinite(curvature) ? 0 : sr / curvature;
}

static int fit_rate(const double *signal, Fit *fit) {
  int best = -1;
  double most = 0;
  for (int g = 0; g < RATES; g++) {
    double along = 0;
    for (int i = 0; i < POINTS; i++) along -= units[g][i] * signal[i];
    if (along > most) { most = along; best = g; }
  }
  if (best < 0) return 0;
  double rate = rates[best], damping = 1e-3, step = step_at(signal, rate, fit);
  for (int count = 0; count < 60; count++) {
    double size = step / (1 + damping);
    double bounded = fmin(rates[RATES - 1], fmin(rate * 2, fmax(rates[0], fmax(rate / 2, rate + size))));
    if (fabs(bounded - rate) <= 1e-6 * rate) {
      double wanted = rate + size;
      return fit->amplitude < 0 && wanted > rates[0] && wanted < rates[RATES - 1];
    }
    double before = fit->squares, next = step_at(signal, bounded, fit);
    if (fit->squares <= before) { rate = bounded; step = next; damping *= 0.1; }
    else { step = step_at(signal, rate, fit); damping = fmax(1, damping * 10); }
  }
  return 0;
}

static double t1_of(const float *magnitude) {
  double signal[POINTS];
  int lowest = 0;
  for (int i = 1; i < POINTS; i++) if (fabsf(magnitude[i]) < fabsf(magnitude[lowest])) lowest = i;
  for (int i = 0; i < POINTS; i++) signal[i] = i < lowest ? -fabsf(magnitude[i]) : fabsf(magnitude[i]);
  Fit above, below;
  int is_above = fit_rate(signal, &above);
  signal[lowest] = -signal[lowest];
  int is_below = fit_rate(signal, &below);
  if (!is_above && !is_below) return 0;
  Fit *fit = is_above && (!is_below || above.squares <= below.squares) ? &above : &below;
  return (-fit->amplitude / fit->offset - 1) / fit->rate;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  int voxels = atoi(argv[2]), rounds = atoi(argv[3]);
  for (int g = 0; g < RATES; g++) {
    rates[g] = pow(500.0, g / (double)(RATES - 1)) / 5000;
    double mean = 0, square = 0;
    for (int i = 0; i < POINTS; i++) mean += (units[g][i] = exp(-times[i] * rates[g])) / POINTS;
    for (int i = 0; i < POINTS; i++) square += (units[g][i] - mean) * (units[g][i] - mean);
    for (int i = 0; i < POINTS; i++) units[g][i] = (units[g][i] - mean) / sqrt(square);
  }
  float *data = malloc(sizeof(float) * voxels * POINTS), *map = malloc(sizeof(float) * voxels);
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(data, sizeof(float) * POINTS, voxels, file) != (size_t)voxels) return 1;
  fclose(file);
  for (int round = 0; round < rounds; round++) {
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int v = 0; v < voxels; v++) map[v] = t1_of(data + POINTS * v);
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%.6f\n", (b.tv_sec - a.tv_sec) + 1e-9 * (b.tv_nsec - a.tv_nsec));
  }
  char path[4096];
  snprintf(path, sizeof path, "%s.t1", argv[1]);
  file = fopen(path, "wb");
  if (!file || fwrite(map, sizeof(float), voxels, file) != (size_t)voxels) return 1;
  fclose(file);
  return 0;
}
