/* Counter-based streams: SplitMix64, inversion, AS241. */
#pragma once
#include <math.h>
#include <stdint.h>

static inline uint64_t mix(uint64_t key, uint64_t number) {
    uint64_t z = key + (number + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline uint64_t day_key(uint64_t seed, int stream, int day) { return mix(mix(mix(0, seed), stream), day); }

static inline double uniform(uint64_t key, uint64_t number) {
    return (double)(mix(key, number) >> 12) * (1.0 / 4503599627370496.0) + 0.5 * (1.0 / 4503599627370496.0);
}

static inline int choice(uint64_t key, int number, int size) {
    int chosen = (int)(uniform(key, number) * size);
    return chosen < size - 1 ? chosen : size - 1;
}

static double ratio(double x, const double a[8], const double b[7]) {
    double above = ((((((a[7] * x + a[6]) * x + a[5]) * x + a[4]) * x + a[3]) * x + a[2]) * x + a[1]) * x + a[0];
    double below = ((((((b[6] * x + b[5]) * x + b[4]) * x + b[3]) * x + b[2]) * x + b[1]) * x + b[0]) * x + 1.0;
    return above / below;
}

static double inverse_normal(double p) {
    static const double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                               4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[] = {4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
                               3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
    static const double c[] = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                               1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
                               1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
    static const double e[] = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[] = {5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
                               1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};
    double q = p - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(0.180625 - q * q, a, b);
    double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double value = r <= 5.0 ? ratio(r - 1.6, c, d) : ratio(r - 5.0, e, f);
    return q > 0.0 ? value : -value;
}

static inline double normal(uint64_t key, int number) { return inverse_normal(uniform(key, number)); }

static double pareto_tailed(uint64_t key, int number, double median, double log_sd, double tail_share, double tail_index) {
    double u = uniform(key, number);
    if (1.0 - u < tail_share) {
        double joint = median * exp(log_sd * inverse_normal(1.0 - tail_share));
        return joint * exp(-log((1.0 - u) / tail_share) / tail_index);
    }
    return median * exp(log_sd * inverse_normal(u));
}

static int poisson(uint64_t key, double rate) {
    int total = 0, number = 0;
    for (double left = rate; left > 0.0;) {
        double piece = left < 16.0 ? left : 16.0;
        left -= piece;
        double u = uniform(key, number++), probability = exp(-piece), cumulated = probability;
        int count = 0;
        while (u > cumulated) {
            probability *= piece / ++count;
            double further = cumulated + probability;
            if (further == cumulated) break;
            cumulated = further;
        }
        total += count;
    }
    return total;
}
