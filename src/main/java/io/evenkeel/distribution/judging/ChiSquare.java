package io.evenkeel.distribution.judging;

/** The distribution of a sum of squares of standard normals. */
final class ChiSquare {

    private static final double PRECISION = 1e-14;
    private static final int MAX_STEPS = 10_000;
    /** Of Lanczos' approximation with g = 7 (Godfrey, 2001). */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private ChiSquare() {}

    /** How likely a value of at least this is by chance. */
    static double tail(double value, int degreesOfFreedom) {
        return value <= 0 ? 1 : upperGamma(degreesOfFreedom / 2.0, value / 2);
    }

    /** The regularized upper incomplete gamma function: by its series below a + 1, above by a continued fraction. */
    private static double upperGamma(double a, double x) {
        double scale = Math.exp(a * Math.log(x) - x - logGamma(a));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MAX_STEPS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** Lentz's method. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / Double.MIN_NORMAL;
        double d = 1 / b;
        double result = d;
        double step = 0;
        for (int n = 1; n < MAX_STEPS && Math.abs(step - 1) > PRECISION; n++) {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            step = c * d;
            result *= step;
        }
        return result;
    }

    private static double logGamma(double value) {
        double x = value - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        double t = x + LANCZOS.length - 1.5;
        return Math.log(2 * Math.PI) / 2 + (x + 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
