package sluice.framework.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;

/** The same network in doubles and plain loops, as the formulas have it. */
final class NaiveGenerator {
    private final GeneratorShape shape;
    private final double slope;
    private final List<List<float[]>> encoders = new ArrayList<>();
    private final List<List<float[]>> priors = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();
    private final List<float[]> output;
    private final List<LatentLayer> layers = new ArrayList<>();

    NaiveGenerator(GenerativeModel model) {
        shape = model.shape();
        slope = model.slope();
        if (shape.classes() > 0) {
            layers.add(LatentLayer.categorical(1, shape.classes()));
        }
        layers.addAll(shape.latents());
        Iterator<float[]> parameters = model.parameters().iterator();
        int firstLayer = shape.classes() > 0 ? 1 : 0;
        for (int i = 0; i < layers.size(); i++) {
            encoders.add(maps(parameters));
            boolean conditional = !model.isStructured() && i >= firstLayer && (firstLayer > 0 || i < layers.size() - 1);
            priors.add(conditional ? maps(parameters) : List.of());
        }
        output = maps(parameters);
        parameters.forEachRemaining(logits::add);
    }

    private List<float[]> maps(Iterator<float[]> parameters) {
        List<float[]> maps = new ArrayList<>();
        for (int i = 0; i <= shape.hidden().size(); i++) {
            maps.add(parameters.next());
        }
        return maps;
    }

    private static double[] apply(List<float[]> maps, double[] x) {
        double[] values = x;
        for (int m = 0; m < maps.size(); m++) {
            float[] map = maps.get(m);
            int outputs = map.length / (values.length + 1);
            double[] next = new double[outputs];
            for (int j = 0; j < outputs; j++) {
                next[j] = map[values.length * outputs + j];
                for (int i = 0; i < values.length; i++) {
                    next[j] += values[i] * map[i * outputs + j];
                }
                next[j] = m < maps.size() - 1 ? Math.tanh(next[j]) : next[j];
            }
            values = next;
        }
        return values;
    }

    private static double[] probabilities(LatentLayer layer, double[] a) {
        double[] p = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            int from = i - i % layer.choices();
            double sum = layer.isCategorical()
                    ? Arrays.stream(a, from, from + layer.choices())
                            .map(Math::exp)
                            .sum()
                    : 1 + Math.exp(a[i]);
            p[i] = Math.exp(a[i]) / sum;
        }
        return p;
    }

    private static double[] concat(double[] a, double[] b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    /** One-hot units of a layer's variables. */
    double[] units(int latent, int... values) {
        LatentLayer layer = layers.get(latent);
        double[] units = new double[layer.units()];
        for (int v = 0; v < values.length; v++) {
            if (layer.isCategorical()) {
                units[v * layer.choices() + values[v]] = 1;
            } else {
                units[v] = values[v];
            }
        }
        return units;
    }

    /** q of a latent (the class first), given what its encoder sees. */
    double[] posterior(int latent, double[]... seen) {
        double[] x = Arrays.stream(seen).reduce(new double[0], NaiveGenerator::concat);
        double[] a = apply(encoders.get(latent), x);
        return probabilities(
                layers.get(latent), Arrays.stream(a).map(each -> slope * each).toArray());
    }

    /** The prior of a latent that hangs on nothing. */
    double[] learnedPrior(int latent) {
        float[] a = logits.get(latent);
        double[] doubles = new double[a.length];
        Arrays.setAll(doubles, i -> a[i]);
        return probabilities(layers.get(latent), doubles);
    }

    /** The prior of a latent, given the class and the layer above, as far as there are any. */
    double[] prior(int latent, double[]... seen) {
        double[] x = Arrays.stream(seen).reduce(new double[0], NaiveGenerator::concat);
        return probabilities(layers.get(latent), apply(priors.get(latent), x));
    }

    double[] pixels(double[]... latents) {
        double[] x = Arrays.stream(latents).reduce(new double[0], NaiveGenerator::concat);
        return probabilities(LatentLayer.bernoulli(shape.generated()), apply(output, x));
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
