package sluice.tasks.script;

import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The optimizer of weights and biases. {@link ScriptReader} checks the ranges; whoever makes optimizers knows which there
 * are.
 *
 * @param name as written
 * @param learningRate step size, above 0
 * @param momentum share of the last step that the next keeps, in [0, 1); of sgd only, else 0
 * @param weightDecay how strongly weights are pulled towards 0, at least 0
 */
public record OptimizerSettings(String name, double learningRate, double momentum, double weightDecay) {
    private static final String WITH_MOMENTUM = "sgd";

    static OptimizerSettings read(Section training) {
        String name = training.value("optimizer")
                .map(value -> NamedSetting.name(value, value.text()))
                .orElse("adam");
        if (!name.equals(WITH_MOMENTUM)) {
            training.refuse("momentum", "applies only where optimizer is sgd, here it is " + name);
        }
        return new OptimizerSettings(
                name,
                training.real("learning_rate", Range.greaterThan(0.0), 0.001),
                training.real("momentum", Range.closedOpen(0.0, 1.0), 0),
                training.real("weight_decay", Range.atLeast(0.0), 0));
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("optimizer", name);
        settings.put("learning_rate", learningRate);
        if (name.equals(WITH_MOMENTUM)) {
            settings.put("momentum", momentum);
        }
        settings.put("weight_decay", weightDecay);
        return settings;
    }
}
