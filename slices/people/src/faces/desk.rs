//! Where pictures are looked at: one thread with the models, begun when the first picture comes and ended when none has come for a while.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use face::{Embedding, Face, Faces, MaskClass, Picture, SpoofClass, Use};
use tokio::sync::oneshot;

/// Pictures that may wait; whoever comes then is asked to come again.
const WAITING: usize = 16;
/// After so long without a picture the models are put away.
const IDLE: Duration = Duration::from_secs(600);
/// A second face counts as one that was meant when it is at least this share of the first in width.
const ALSO_MEANT: f32 = 0.6;

/// A face that is good enough to be known by.
pub struct ReadFace {
    pub(crate) embedding: Embedding,
    /// What it was read with.
    pub(crate) model: String,
}

/// Why a picture gives no face to be known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaceFault {
    /// No models are installed, or they cannot be used.
    Unavailable,
    /// Too many pictures are waiting.
    Busy,
    /// No picture that can be read.
    Picture,
    /// Nobody is in it.
    Missing,
    /// Several people are.
    Several,
    /// Something is wrong with it, as codes: those of `face::Fault`, `masked`, `copy`.
    Quality(Vec<String>),
}

/// Looks at pictures. Cheap to clone.
#[derive(Clone)]
pub struct FaceDesk {
    folder: Option<Arc<Path>>,
    queue: Arc<Mutex<Option<SyncSender<Job>>>>,
}

struct Job {
    picture: Bytes,
    answer: oneshot::Sender<Result<ReadFace, FaceFault>>,
}

impl FaceDesk {
    /// With the models in this folder, as `make models` fills it.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder: folder.map(Into::into), queue: Arc::default() }
    }

    /// Whether there are models at all.
    pub fn is_there(&self) -> bool {
        self.folder.as_ref().is_some_and(|it| it.join(face::MODEL_SET).is_file())
    }

    /// The one face in a picture.
    ///
    /// # Errors
    /// What is wrong with the picture, or that nobody can look at it now.
    pub async fn read(&self, picture: Bytes) -> Result<ReadFace, FaceFault> {
        let folder = self.folder.clone().filter(|_| self.is_there()).ok_or(FaceFault::Unavailable)?;
        let (answer, answered) = oneshot::channel();
        self.hand_over(&folder, Job { picture, answer })?;
        answered.await.unwrap_or(Err(FaceFault::Unavailable))
    }

    fn hand_over(&self, folder: &Arc<Path>, job: Job) -> Result<(), FaceFault> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let mut job = job;
        if let Some(sender) = queue.as_ref() {
            match sender.try_send(job) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(_)) => return Err(FaceFault::Busy),
                Err(TrySendError::Disconnected(back)) => job = back,
            }
        }
        let (sender, jobs) = sync_channel(WAITING);
        let folder = folder.clone();
        let begun = std::thread::Builder::new().name("faces".to_owned()).spawn(move || work(&folder, &jobs));
        begun.map_err(|_| FaceFault::Unavailable)?;
        sender.try_send(job).map_err(|_| FaceFault::Unavailable)?;
        *queue = Some(sender);
        Ok(())
    }
}

fn work(folder: &Path, jobs: &Receiver<Job>) {
    let opened = Faces::open(folder, 1);
    if let Err(error) = &opened {
        tracing::error!(%error, "faces cannot be read");
    }
    let Ok(mut faces) = opened else { return };
    let model = faces.set().model(Use::Embed).map(|it| it.name.clone()).unwrap_or_default();
    loop {
        match jobs.recv_timeout(IDLE) {
            // Whoever has gone away meanwhile needs no answer.
            Ok(job) => drop(job.answer.send(look(&mut faces, &model, &job.picture))),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn look(faces: &mut Faces, model: &str, picture: &[u8]) -> Result<ReadFace, FaceFault> {
    let picture = Picture::decode(picture).map_err(|_| FaceFault::Picture)?;
    let mut found = faces.look(&picture).map_err(|error| {
        tracing::error!(%error, "a picture cannot be looked at");
        FaceFault::Unavailable
    })?;
    found.sort_by(|a, b| b.found.area.width().total_cmp(&a.found.area.width()));
    let face = match found.as_slice() {
        [] => return Err(FaceFault::Missing),
        [first, second, ..] if ALSO_MEANT * first.found.area.width() <= second.found.area.width() => {
            return Err(FaceFault::Several);
        }
        [first, ..] => first,
    };
    let faults = faults_of(face);
    match (&face.embedding, faults.is_empty()) {
        (Some(embedding), true) => Ok(ReadFace { embedding: embedding.clone(), model: model.to_owned() }),
        (None, true) => Err(FaceFault::Missing),
        (_, false) => Err(FaceFault::Quality(faults)),
    }
}

fn faults_of(face: &Face) -> Vec<String> {
    let code = |it: &face::Fault| serde_json::to_value(it).ok()?.as_str().map(str::to_owned);
    let also = [(face.mask.class == MaskClass::Worn, "masked"), (face.spoof.class == SpoofClass::Suspected, "copy")];
    let also = also.into_iter().filter(|it| it.0).map(|it| it.1.to_owned());
    face.quality.faults.iter().filter_map(code).chain(also).collect()
}
