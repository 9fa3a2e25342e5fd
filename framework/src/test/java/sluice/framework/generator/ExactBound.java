package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The negative bound of a small network in doubles, its expectation over all values of all latents, and its gradient by central
 * differences. Written from the definitions, apart from the engine: only the order of parameters is the engine's.
 */
final class ExactBound {
    private static final double STEP = 1e-4;

    private final GeneratorShape shape;
    private final List<LatentPlace> places;
    private final double[] given;
    private final double[] target;

    ExactBound(GeneratorShape shape, double[] given, double[] target) {
        this.shape = shape;
        this.places = LatentPlace.of(shape);
        this.given = given;
        this.target = target;
    }

    /** The bound of one image, whose mean is taken from what is given. */
    static ExactBound of(GeneratorShape shape, float[] image, float[] mean) {
        double[] given = new double[shape.given()];
        double[] target = new double[shape.generated()];
        Arrays.setAll(given, j -> image[j] - mean[j]);
        Arrays.setAll(target, j -> image[image.length - target.length + j]);
        return new ExactBound(shape, given, target);
    }

    /** By central differences, parameter by parameter in the engine's order. */
    static List<double[]> gradient(List<double[]> parameters, ToDoubleFunction<List<double[]>> function) {
        List<double[]> gradients = new ArrayList<>();
        for (double[] values : parameters) {
            double[] gradient = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                double kept = values[i];
                values[i] = kept + STEP;
                double above = function.applyAsDouble(parameters);
                values[i] = kept - STEP;
                double below = function.applyAsDouble(parameters);
                values[i] = kept;
                gradient[i] = (above - below) / (2 * STEP);
            }
            gradients.add(gradient);
        }
        return gradients;
    }

    /** {@code E_q [log q(h) - log p(h) - log p(x | h)]}; of a structured network {@code E [-log p(x | h)]}. */
    double expected(List<double[]> parameters) {
        return outcomes(parameters).stream()
                .mapToDouble(outcome -> outcome.probability() * outcome.loss())
                .sum();
    }

    /** {@code E [-log ((exp(-f(h1)) + exp(-f(h2))) / 2)]} over two independent samples. */
    double expectedOfTwo(List<double[]> parameters) {
        List<Outcome> outcomes = outcomes(parameters);
        double sum = 0;
        for (Outcome one : outcomes) {
            for (Outcome two : outcomes) {
                sum -= one.probability()
                        * two.probability()
                        * Math.log((Math.exp(-one.loss()) + Math.exp(-two.loss())) / 2);
            }
        }
        return sum;
    }

    /** Values of all latents, with their probability under the posterior and their negative log weight. */
    record Outcome(double probability, double loss) {}

    private List<Outcome> outcomes(List<double[]> parameters) {
        double[] table = new double[LatentPlace.columns(shape)];
        System.arraycopy(given, 0, table, 0, given.length);
        List<Outcome> outcomes = new ArrayList<>();
        collect(new Cut(parameters), table, 0, 1, 0, outcomes);
        return outcomes;
    }

    private void collect(
            Cut parameters, double[] table, int latent, double weight, double logQ, List<Outcome> outcomes) {
        if (latent == places.size()) {
            outcomes.add(new Outcome(weight, logQ + cost(parameters, table)));
            return;
        }
        LatentPlace place = places.get(latent);
        double[] logits = parameters.encoder(latent, table);
        for (double[] values : configurations(place.layer())) {
            double log = logProbability(place.layer(), logits, values);
            System.arraycopy(values, 0, table, place.column(), values.length);
            if (latent == 0) {
                LatentPlace.copiesOfClass(shape)
                        .forEach(copy -> System.arraycopy(values, 0, table, copy, values.length));
            }
            double counted = place.prior() == LatentPlace.Prior.NONE ? 0 : log;
            collect(parameters, table, latent + 1, weight * Math.exp(log), logQ + counted, outcomes);
        }
    }

    /**
     * The mean over all values of {@code factor(p, h) dL/dh} at the logits of the one layer of latents, which must be Bernoulli
     * units, L being what hangs on values; by central differences.
     */
    double[] meanAtLogits(List<double[]> parameters, DoubleBinaryOperator factor) {
        LatentPlace place = places.get(0);
        Cut cut = new Cut(parameters);
        double[] table = new double[LatentPlace.columns(shape)];
        System.arraycopy(given, 0, table, 0, given.length);
        double[] logits = cut.encoder(0, table);
        double[] mean = new double[logits.length];
        for (double[] values : configurations(place.layer())) {
            double weight = Math.exp(logProbability(place.layer(), logits, values));
            System.arraycopy(values, 0, table, place.column(), values.length);
            for (int i = 0; i < values.length; i++) {
                table[place.column() + i] = values[i] + STEP;
                double above = reconstruction(cut, table);
                table[place.column() + i] = values[i] - STEP;
                double below = reconstruction(cut, table);
                table[place.column() + i] = values[i];
                double p = 1 / (1 + Math.exp(-logits[i]));
                mean[i] += weight * factor.applyAsDouble(p, values[i]) * (above - below) / (2 * STEP);
            }
        }
        return mean;
    }

    /** The exact gradient of the mean reconstruction loss at such logits: {@code p (1 - p) (E[L | 1] - E[L | 0])}. */
    double[] differenceAtLogits(List<double[]> parameters) {
        LatentPlace place = places.get(0);
        Cut cut = new Cut(parameters);
        double[] table = new double[LatentPlace.columns(shape)];
        System.arraycopy(given, 0, table, 0, given.length);
        double[] logits = cut.encoder(0, table);
        double[] gradient = new double[logits.length];
        for (double[] values : configurations(place.layer())) {
            double weight = Math.exp(logProbability(place.layer(), logits, values));
            System.arraycopy(values, 0, table, place.column(), values.length);
            for (int i = 0; i < values.length; i++) {
                double p = 1 / (1 + Math.exp(-logits[i]));
                gradient[i] += weight * (values[i] - p) * reconstruction(cut, table);
            }
        }
        return gradient;
    }

    private double cost(Cut parameters, double[] table) {
        double cost = 0;
        for (int latent = 0; latent < places.size(); latent++) {
            LatentPlace place = places.get(latent);
            double[] values = Arrays.copyOfRange(table, place.column(), place.column() + place.units());
            if (place.prior() == LatentPlace.Prior.LEARNED) {
                cost -= logProbability(place.layer(), parameters.learned(latent), values);
            } else if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
                cost -= logProbability(place.layer(), parameters.prior(latent, table), values);
            }
        }
        return cost + reconstruction(parameters, table);
    }

    private double reconstruction(Cut parameters, double[] table) {
        double cost = 0;
        double[] logits = parameters.output(table);
        for (int j = 0; j < logits.length; j++) {
            cost += Math.log1p(Math.exp(logits[j])) - target[j] * logits[j];
        }
        return cost;
    }

    static List<double[]> configurations(LatentLayer layer) {
        List<double[]> all = new ArrayList<>();
        all.add(new double[0]);
        for (int variable = 0; variable < layer.variables(); variable++) {
            List<double[]> longer = new ArrayList<>();
            for (double[] before : all) {
                for (int value = 0; value < layer.values(); value++) {
                    double[] values = Arrays.copyOf(before, before.length + layer.choices());
                    if (layer.isCategorical()) {
                        values[before.length + value] = 1;
                    } else {
                        values[before.length] = value;
                    }
                    longer.add(values);
                }
            }
            all = longer;
        }
        return all;
    }

    private static double logProbability(LatentLayer layer, double[] logits, double[] values) {
        double log = 0;
        int choices = layer.choices();
        for (int run = 0; run < logits.length; run += choices) {
            double sum = layer.isCategorical() ? 0 : 1;
            for (int j = run; j < run + choices; j++) {
                log += values[j] * logits[j];
                sum += Math.exp(logits[j]);
            }
            log -= Math.log(sum);
        }
        return log;
    }

    /** Parameters, cut as the engine orders them: per latent the encoder's maps, the prior's; the output's; learned priors. */
    private final class Cut {
        private final List<List<double[]>> encoders = new ArrayList<>();
        private final List<List<double[]>> priors = new ArrayList<>();
        private final List<double[]> learned = new ArrayList<>();
        private final List<double[]> output;

        Cut(List<double[]> parameters) {
            int maps = shape.hidden().size() + 1;
            int at = 0;
            for (LatentPlace place : places) {
                encoders.add(parameters.subList(at, at + maps));
                at += maps;
                boolean conditional = place.prior() == LatentPlace.Prior.CONDITIONAL;
                priors.add(conditional ? parameters.subList(at, at + maps) : List.of());
                at += conditional ? maps : 0;
            }
            output = parameters.subList(at, at + maps);
            learned.addAll(parameters.subList(at + maps, parameters.size()));
        }

        double[] encoder(int latent, double[] table) {
            LatentPlace place = places.get(latent);
            return stack(encoders.get(latent), Arrays.copyOfRange(table, place.encoderFrom(), place.encoderTo()));
        }

        double[] prior(int latent, double[] table) {
            LatentPlace place = places.get(latent);
            return stack(priors.get(latent), Arrays.copyOfRange(table, place.priorFrom(), place.priorTo()));
        }

        double[] output(double[] table) {
            return stack(output, Arrays.copyOfRange(table, LatentPlace.outputFrom(shape), LatentPlace.outputTo(shape)));
        }

        double[] learned(int latent) {
            return learned.get(latent);
        }

        private double[] stack(List<double[]> maps, double[] input) {
            double[] values = input;
            for (int m = 0; m < maps.size(); m++) {
                double[] map = maps.get(m);
                int outputs = map.length / (values.length + 1);
                double[] next = Arrays.copyOfRange(map, values.length * outputs, map.length);
                for (int i = 0; i < values.length; i++) {
                    for (int j = 0; j < outputs; j++) {
                        next[j] += values[i] * map[i * outputs + j];
                    }
                }
                values = m == maps.size() - 1
                        ? next
                        : Arrays.stream(next).map(Math::tanh).toArray();
            }
            return values;
        }
    }

    static List<double[]> doubles(ImmutableList<float[]> parameters) {
        List<double[]> all = new ArrayList<>();
        for (float[] values : parameters) {
            double[] copy = new double[values.length];
            Arrays.setAll(copy, i -> values[i]);
            all.add(copy);
        }
        return all;
    }
}
