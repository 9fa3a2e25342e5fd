package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Random;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Estimators;
import sluice.gating.Schedule;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/** Images of 4 x 4 with one bright column, which is their class, and what learns them. */
public final class Stripes {
    public static final int SIDE = 4;
    public static final int FEATURES = SIDE * SIDE;

    private Stripes() {}

    static Examples examples(int count, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[count][FEATURES];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(SIDE);
            for (int j = 0; j < FEATURES; j++) {
                rows[i][j] = j % SIDE == labels[i] ? 0.95f : 0.05f;
            }
        }
        return Examples.of(rows, labels);
    }

    public static GeneratorData data(int validation) {
        DataSet set = DataSet.of("stripes", examples(200, 1), examples(60, 2), Map.of())
                .withShape(new Shape.Image(SIDE, SIDE));
        return new GeneratorData(set, Normalisation.NONE, 1, validation);
    }

    public static GeneratorTrainer trainer(GeneratorShape shape, int labels, int steps) {
        return new GeneratorTrainer(
                shape,
                Estimators.BY_NAME.get("st-sigmoid").estimator(),
                new Schedule.Constant(1),
                1,
                false,
                ImageBinarisation.FIXED,
                labels,
                ClassLearning.PLAIN,
                new TrainingSettings(
                        new TrainingDuration.Iterations(steps),
                        20,
                        Optimizer.adam(0.02),
                        Double.POSITIVE_INFINITY,
                        new Schedule.Constant(1)));
    }

    public static GeneratorShape autoencoder(LatentLayer... latents) {
        return GeneratorShape.autoencoder(FEATURES, ImmutableList.copyOf(latents), ImmutableList.of());
    }

    public static GeneratorShape structured(LatentLayer... latents) {
        return GeneratorShape.structured(FEATURES / 2, FEATURES / 2, ImmutableList.copyOf(latents));
    }
}
