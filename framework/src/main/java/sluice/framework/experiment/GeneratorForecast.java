package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.OptionalLong;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.generator.GeneratorCost;
import sluice.framework.generator.GeneratorData;
import sluice.framework.generator.GeneratorTrainer;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.strategy.Forecast;

/** What training a network that generates will take. */
record GeneratorForecast(GeneratorTrainer trainer, GeneratorData data) {
    private int batch() {
        return Math.min(trainer.training().batchSize(), data.trained());
    }

    long steps() {
        int perEpoch = (data.trained() + batch() - 1) / batch();
        return TrainingPlan.of(trainer.training().length(), perEpoch).steps();
    }

    Forecast of(String name) {
        GeneratorCost cost = GeneratorCost.of(trainer);
        MultiplyAdds perStep = cost.perSample().times((long) batch() * trainer.samples());
        MultiplyAdds total = perStep.times(steps());
        long bytes = cost.parameters() * Float.BYTES;
        long examples = (long) data.set().train().size() + data.set().test().size();
        Forecast.Stretch stretch = new Forecast.Stretch(
                name,
                data.classes(),
                data.trained(),
                data.set().test().size(),
                steps(),
                (double) steps() * batch() / data.trained(),
                total);
        return new Forecast(
                ImmutableList.of(stretch),
                cost.parameters(),
                perStep,
                total,
                new Forecast.Memory(
                        examples * data.features() * Float.BYTES,
                        2 * bytes,
                        trainer.training().optimizer().begin().moments() * bytes,
                        OptionalLong.of(cost.valuesPerSample() * batch() * trainer.samples() * Float.BYTES)));
    }
}
