package sluice.framework.internal.step;

import sluice.framework.account.WorkAccount;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.TrainingSettings;

/** The end of a training step: forms what gradients are needed beforehand, clips them, and moves all that learns. */
final class StepMove {
    private final GatedLayerStep[] layers;
    private final HeadStep head;
    private final TrainingSettings settings;
    private final WorkAccount account;
    private final Lanes lanes;
    private final Lanes.Job forming = this::formGradients;
    private final Lanes.Job adding = this::addGradients;
    private final Lanes.Job moving = this::move;
    private int lowest;
    private int batch;
    private long steps;
    private double factor;
    private float scale;

    StepMove(GatedLayerStep[] layers, HeadStep head, TrainingSettings settings, WorkAccount account, Lanes lanes) {
        this.layers = layers;
        this.head = head;
        this.settings = settings;
        this.account = account;
        this.lanes = lanes;
    }

    /**
     * @param lowestThatLearns layers below it learn nothing in this step, but for their gates
     * @param examples of the mini-batch
     * @param step counted from 1
     * @param gateWork what moving gates costs, in multiply-adds
     * @param rateFactor on the learning rate of weights
     */
    void run(int lowestThatLearns, int examples, long step, long gateWork, double rateFactor) {
        lowest = lowestThatLearns;
        batch = examples;
        steps = step;
        factor = rateFactor;
        long weightGradients = countWeightGradients();
        form();
        scale = clipScale();
        lanes.run(moving, gateWork + weightGradients);
    }

    private long countWeightGradients() {
        long all = 0;
        for (int l = lowest; l <= layers.length; l++) {
            long multiplyAdds = batch * (l < layers.length ? layers[l].freeWork() : head.freeWeights());
            account.weightGradient(l, multiplyAdds);
            all += multiplyAdds;
        }
        return all;
    }

    /** Forms gradients that cannot be formed while weights move: those of convolutions, or all where they are clipped. */
    private void form() {
        long work = 0;
        for (int l = lowest; l < layers.length; l++) {
            work += settings.clips() || layers[l].formsApart() ? batch * layers[l].freeWork() : 0;
        }
        if (work > 0 || settings.clips()) {
            lanes.run(forming, work);
            lanes.run(adding, work);
        }
    }

    private void formGradients(Lane lane) {
        for (int l = lowest; l < layers.length; l++) {
            if (settings.clips() || layers[l].formsApart()) {
                layers[l].formGradient(lane, batch);
            }
        }
        if (settings.clips()) {
            head.formGradient(lane, batch);
        }
    }

    private void addGradients(Lane lane) {
        for (int l = lowest; l < layers.length; l++) {
            layers[l].addGradients(lane);
        }
    }

    private float clipScale() {
        if (!settings.clips()) {
            return 1;
        }
        double squares = head.gradientNorm(lanes.caller());
        for (int l = lowest; l < layers.length; l++) {
            squares += layers[l].freeGradientNorm(lanes.caller());
        }
        double norm = Math.sqrt(squares);
        return norm > settings.gradientClip() ? (float) (settings.gradientClip() / norm) : 1;
    }

    /** Everything that a step writes: weights row by row, biases and gate logits layer by layer. */
    private void move(Lane lane) {
        for (int l = lowest; l < layers.length; l++) {
            layers[l].moveWeights(lane, batch, scale);
        }
        head.moveWeights(lane, batch, scale);
        if (lane.index() == 0) {
            head.moveBiases(scale);
        }
        for (int l = lane.index(); l < layers.length; l += lane.count()) {
            if (l >= lowest) {
                layers[l].moveBiases(scale);
            }
            layers[l].gates().update(steps, factor);
        }
    }
}
