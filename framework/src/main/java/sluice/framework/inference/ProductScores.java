package sluice.framework.inference;

import java.util.concurrent.atomic.LongAdder;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Examples;

/**
 * What a density that is a product over features says, without the sums that it follows from.
 *
 * @param form of the density of a feature
 * @param scale of features
 * @param order of features: the half that tells most comes first
 * @param raced scores of the terms, in that order
 * @param background what every feature is like, whichever it is
 */
record ProductScores(ProductForm form, InputScale scale, int[] order, RacedScores raced, Background background)
        implements SolvedDensity {
    /**
     * A density that is the same of every feature of any task.
     *
     * @param weights of the terms of a feature
     * @param constant that is added for each feature
     */
    record Background(float[] weights, double constant) {
        static Background of(ProductForm form, ProductForm.FeatureMoments all, double floor) {
            float[] weights = new float[form.perFeature()];
            return new Background(weights, form.weigh(all, floor, weights, 0));
        }

        private double of(float[] terms) {
            double sum = constant * terms.length / weights.length;
            for (int k = 0; k < terms.length; k += weights.length) {
                for (int i = 0; i < weights.length; i++) {
                    sum += terms[k + i] * weights[i];
                }
            }
            return sum;
        }
    }

    @Override
    public ProductScores without(int place) {
        return new ProductScores(form, scale, order, raced.without(place), background);
    }

    @Override
    public long score(Examples examples, int[] rows, Lanes lanes, double[][] into) {
        LongAdder work = new LongAdder();
        lanes.run(
                lane -> {
                    RacedScores.Scratch scratch = raced.new Scratch();
                    float[] row = new float[order.length];
                    float[] terms = new float[order.length * form.perFeature()];
                    long took = 0;
                    for (int r = lane.index(); r < rows.length; r += lane.count()) {
                        examples.read(rows[r], row);
                        terms(row, terms);
                        // and all terms of the task that is found, which tell how well it fits
                        took += raced.score(terms, into[r], scratch) + terms.length;
                    }
                    work.add(took);
                },
                (long) rows.length * raced.tasks() * RacedScores.FIRST);
        return work.sum();
    }

    /**
     * How well each example fits a task, by all terms, and how much better than it would fit if all features were alike: images of much ink fit
     * any task worse (a likelihood ratio, after Ren et al. 2019).
     */
    @Override
    public double[] likelihoods(Examples examples, int[] rows, int[] ofTasks) {
        float[] row = new float[order.length];
        float[] terms = new float[order.length * form.perFeature()];
        double[] all = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            examples.read(rows[r], row);
            terms(row, terms);
            all[r] = raced.whole(ofTasks[r], terms) - background.of(terms);
        }
        return all;
    }

    private void terms(float[] row, float[] terms) {
        form.terms(row, order, scale, terms);
    }
}
