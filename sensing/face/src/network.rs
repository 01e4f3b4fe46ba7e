//! One network of the ONNX runtime: planes in, numbers out.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;

use crate::models::{ModelSet, ModelsError, Use};

/// The runtime allows one environment in a process. It stays for as long as the process does.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// Loads the runtime's library, once in a process; a second set of models shares the first one's.
pub(crate) fn environment(library: &Path) -> Result<Environment, ModelsError> {
    let mut kept = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(it) = kept.as_ref() {
        return Ok(it.clone());
    }
    let failed = |message: String| ModelsError::Runtime { path: library.to_owned(), message };
    let builder = ort::init_from(library).map_err(|error| failed(error.to_string()))?;
    let it = builder.with_name("fugong").build().map_err(|error| failed(error.to_string()))?;
    *kept = Some(it.clone());
    Ok(it)
}

/// A model that is ready to run, on one input of a fixed size.
pub(crate) struct Network {
    name: String,
    session: Session,
    shape: [usize; 4],
    outputs: Vec<usize>,
}

impl Network {
    /// Opens the set's model for a use and tries it on zeros: it must take `shape` (pictures, planes, rows, columns) and
    /// give as many numbers in each output as `outputs` says.
    pub(crate) fn open(
        set: &ModelSet,
        environment: &Environment,
        used_for: Use,
        shape: [usize; 4],
        outputs: &[usize],
        n_threads: usize,
    ) -> Result<Self, ModelsError> {
        let model = set.model(used_for)?;
        let path = set.verified(&model.source)?;
        let failed = |message: String| ModelsError::Network { name: model.name.clone(), message };
        let session = load(environment, &path, n_threads).map_err(&failed)?;
        let mut network = Self { name: model.name.clone(), session, shape, outputs: outputs.to_vec() };
        network.run(&vec![0.0; shape.iter().product()])?;
        Ok(network)
    }

    /// Its outputs in the order in which the model lists them.
    pub(crate) fn run(&mut self, planes: &[f32]) -> Result<Vec<Vec<f32>>, ModelsError> {
        let Self { name, session, shape, outputs } = self;
        let failed = |message: String| ModelsError::Network { name: name.clone(), message };
        let input = TensorRef::from_array_view((*shape, planes)).map_err(|error| failed(error.to_string()))?;
        let given = session.run(ort::inputs![input]).map_err(|error| failed(error.to_string()))?;
        let numbers = |(_, it): (_, ort::value::ValueRef<'_>)| {
            it.try_extract_tensor::<f32>().map(|(_, it)| it.to_vec()).map_err(|error| failed(error.to_string()))
        };
        let found: Vec<Vec<f32>> = given.iter().map(numbers).collect::<Result<_, _>>()?;
        match found.iter().map(Vec::len).eq(outputs.iter().copied()) {
            true => Ok(found),
            false => Err(failed(format!(
                "gives {:?} numbers, not {outputs:?}",
                found.iter().map(Vec::len).collect::<Vec<_>>()
            ))),
        }
    }
}

fn load(environment: &Environment, path: &Path, n_threads: usize) -> Result<Session, String> {
    let text = |error: ort::Error| error.to_string();
    Session::builder(environment)
        .map_err(text)?
        .with_optimization_level(GraphOptimizationLevel::All)
        .map_err(|error| error.to_string())?
        .with_intra_threads(n_threads)
        .map_err(|error| error.to_string())?
        // Waiting in a loop for the next picture would burn the core that decodes it.
        .with_intra_op_spinning(false)
        .map_err(|error| error.to_string())?
        .commit_from_file(path)
        .map_err(text)
}

/// Logits as probabilities.
pub(crate) fn softmax(logits: &[f32]) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|it| (it - highest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|it| it / sum).collect()
}
