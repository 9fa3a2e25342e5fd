package sluice.evaluation.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import java.util.LinkedHashSet;
import java.util.Set;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.GateShare;
import sluice.evaluation.run.Picture;
import sluice.evaluation.run.StoppedExample;

/** What hangs on examples as JSON, in few characters. */
record PagePerExample(PerExample details) {
    void addTo(ObjectNode node) {
        budgets(node);
        gates(node);
        stopped(node);
    }

    /** Per budget: budget, multiply-adds, accuracy. */
    private void budgets(ObjectNode node) {
        if (details.budgets().isEmpty()) {
            return;
        }
        ArrayNode budgets = node.putArray("budgets");
        for (BudgetPoint point : details.budgets()) {
            budgets.addArray()
                    .add(point.budget())
                    .add(PageDetails.shown(point.multiplyAdds()))
                    .add(PageDetails.shown(point.accuracy()));
        }
    }

    /** Per layer: layer, classes, and per class the shares of its blocks in per cent, rounded. */
    private void gates(ObjectNode node) {
        if (details.gates().isEmpty()) {
            return;
        }
        ArrayNode layers = node.putArray("gateClasses");
        ListMultimap<Integer, GateShare> byLayer = Multimaps.index(details.gates(), GateShare::layer);
        for (int layer : byLayer.keySet()) {
            ListMultimap<String, GateShare> byClass = Multimaps.index(byLayer.get(layer), GateShare::className);
            Set<String> names = new LinkedHashSet<>(byClass.keySet());
            ArrayNode one = layers.addArray().add(layer);
            ArrayNode classes = one.addArray();
            names.forEach(classes::add);
            ArrayNode shares = one.addArray();
            for (String name : names) {
                ArrayNode row = shares.addArray();
                byClass.get(name).forEach(share -> row.add(Math.round(100 * share.open())));
            }
        }
    }

    /** Per picture: exit, multiply-adds, class, answer, width, height, channels, pixels. */
    private void stopped(ObjectNode node) {
        if (details.stopped().isEmpty()) {
            return;
        }
        ArrayNode examples = node.putArray("stopped");
        for (StoppedExample example : details.stopped()) {
            Picture picture = example.picture();
            examples.addArray()
                    .add(example.exit())
                    .add(example.multiplyAdds())
                    .add(example.actual())
                    .add(example.predicted())
                    .add(picture.width())
                    .add(picture.height())
                    .add(picture.channels())
                    .add(picture.pixels());
        }
    }
}
