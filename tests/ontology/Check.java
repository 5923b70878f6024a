import java.io.File;
import java.util.List;
import java.util.Set;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.elk.owlapi.ElkReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.reasoner.OWLReasoner;

/** For each file given: profile violations and what two reasoners find, as lines of tab-separated fields. */
public class Check {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            profile(file, "DL", new OWL2DLProfile(), ontology);
            profile(file, "RL", new OWL2RLProfile(), ontology);
            // Dates are outside the datatypes of OWL 2; without this HermiT refuses every ontology that holds one.
            Configuration configuration = new Configuration();
            configuration.ignoreUnsupportedDatatypes = true;
            reason(file, "HermiT", new ReasonerFactory().createReasoner(ontology, configuration));
            reason(file, "ELK", new ElkReasonerFactory().createReasoner(ontology));
        }
    }

    static void profile(String file, String name, OWLProfile profile, OWLOntology ontology) {
        List<OWLProfileViolation> violations = profile.checkOntology(ontology).getViolations();
        String first = violations.isEmpty() ? "" : violations.get(0).toString().replaceAll("\\s+", " ");
        System.out.println(String.join("\t", file, "violations " + name, String.valueOf(violations.size()), first));
    }

    static void reason(String file, String name, OWLReasoner reasoner) {
        boolean consistent = reasoner.isConsistent();
        System.out.println(String.join("\t", file, "consistent " + name, String.valueOf(consistent), ""));
        if (consistent) {
            Set<OWLClass> empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom();
            System.out.println(
                String.join("\t", file, "unsatisfiable " + name, String.valueOf(empty.size()), empty.toString()));
        }
    }
}
